// SPDX-License-Identifier: Apache-2.0
#include "core/wire/connection.h"
#include "core/wire/connection_parts.h"

#include <boost/asio/buffer.hpp>

#include <algorithm>

/// Answering as it should be: the way of nearly every request.
namespace understudy::wire {

namespace {

// Answers up to this size go out in one piece with their head, which costs a copy and saves a
// system call's set-up.
constexpr std::size_t kOnePiece = 16'384;
constexpr std::size_t kFileBlock = 65'536;

void patch(std::string &block, std::uint64_t offset, const std::vector<BytePatch> &patches)
{
    const auto first = std::lower_bound(
        patches.begin(), patches.end(), offset,
        [](const BytePatch &p, std::uint64_t place) { return p.offset < place; });
    for (auto at = first; at != patches.end() && at->offset < offset + block.size(); ++at) {
        const BytePatch &p = *at;
        char &byte = block[p.offset - offset];
        byte = static_cast<char>(p.value ? *p.value : (static_cast<std::uint8_t>(byte) ^ p.flip));
    }
}

} // namespace

asio::awaitable<void> Connection::answer(http::Request request)
{
    m_phase = Phase::Answering;
    m_deadline = SteadyTime::max();
    Outcome outcome;
    outcome.arrived = std::chrono::steady_clock::now();
    AnswerPlan plan
        = m_conversation.request(request, moment(m_conversation.received(), outcome.arrived));
    outcome.matched = std::chrono::steady_clock::now();
    if (!plan.error.empty())
        m_share->service->report(Severity::Error, plan.error);
    if (plan.answer->closes)
        m_keepAlive = false;

    http::Http1Writer writer(*plan.answer, request.head.version());
    if (m_conversation.needsScript(plan))
        co_await answerByScript(plan, writer, outcome);
    else
        co_await answerPlainly(plan, writer, outcome);
    outcome.complete = std::chrono::steady_clock::now();
    if (!outcome.isWhole) {
        m_keepAlive = false;
        m_end = WireEnd::Close;
        if (outcome.error.empty())
            outcome.error = "the client closed the connection before the answer was sent";
    }
    m_share->service->record(m_conversation.finished(
        std::move(request), std::move(plan), std::move(outcome), m_share->service->captureLimit()));
}

asio::awaitable<void> Connection::answerPlainly(const AnswerPlan &plan,
                                                const http::Http1Writer &writer, Outcome &outcome)
{
    if (plan.latency.count() > 0) {
        const bool isOpen = co_await pauseUntil(outcome.arrived + plan.latency);
        if (!isOpen) {
            outcome.isWhole = false;
            if (!m_isClientGone)
                outcome.error = "the server was stopped before the answer was sent";
        }
    }
    if (m_share->closing)
        m_keepAlive = false;

    const std::string &body = writer.body();
    const bool sendsBody = plan.sendsBody && !plan.file;
    std::string &out = m_thread.writeBuffer();
    writer.writeHead(plan.extraHeaders, m_thread.dateLine(), m_keepAlive, out);
    outcome.head = out;
    outcome.firstOut = std::chrono::steady_clock::now();
    if (outcome.isWhole && sendsBody && body.size() <= kOnePiece) {
        out += body;
        outcome.isWhole = co_await write(out, {});
    } else if (outcome.isWhole) {
        outcome.isWhole
            = co_await write(outcome.head, sendsBody ? std::string_view(body) : std::string_view{});
    }
    if (outcome.isWhole && plan.file && plan.sendsBody) {
        m_download.reset();
        outcome.bytes.emplace();
        outcome.limit = outcome.head.size() + kFileCapture;
        outcome.keep(outcome.head);
        const WriteFileStep step{plan.file->path, plan.file->offset, plan.file->size, {}, {},
                                 plan.file->file};
        outcome.isWhole = co_await writeFile(step, outcome);
    }
}

/// Writes both pieces; false if the client is gone or takes nothing for `limits.idle`.
asio::awaitable<bool> Connection::write(std::string_view head, std::string_view body)
{
    std::string kept; // the thread's buffer is not ours across a suspension
    while (!head.empty() || !body.empty()) {
        std::size_t n = 0;
        const Status status = m_transport.writeSome(head, body, n);
        if (status == Status::End)
            co_return false;
        const std::size_t fromHead = std::min(n, head.size());
        head.remove_prefix(fromHead);
        body.remove_prefix(n - fromHead);
        if (head.empty() && body.empty())
            break;
        if (status == Status::Done && m_transport.tls())
            continue; // a record went out, or the head: there may be room for more
        if (kept.empty() && !head.empty()) {
            kept.assign(head);
            head = kept;
        }
        m_deadline = std::chrono::steady_clock::now() + m_share->service->snapshot()->limits().idle;
        const Status wanted = status == Status::WantRead ? status : Status::WantWrite;
        const bool ready = co_await m_transport.wait(wanted);
        m_deadline = SteadyTime::max();
        if (!ready || m_timedOut)
            co_return false;
    }
    co_return true;
}

asio::awaitable<bool> Connection::writeFile(const WriteFileStep &file, Outcome &outcome)
{
    std::string block;
    Slicer slicer(file.slices, file.size, std::chrono::steady_clock::now());
    std::uint64_t slice = 0; // what is left of the slice that goes
    for (std::uint64_t done = 0; done < file.size; done += block.size()) {
        if (slice == 0) {
            const bool isOpen = co_await pauseUntil(slicer.due());
            if (!isOpen)
                co_return false;
            slice = slicer.take();
        }
        block.resize(static_cast<std::size_t>(std::min<std::uint64_t>(slice, kFileBlock)));
        const auto got = file.file
                             ? file.file->readAt(block.data(), block.size(), file.offset + done)
                             : Error{ErrorCode::NotFound, "is missing", {}};
        if (!got || *got != block.size()) {
            outcome.error = "the body file '" + file.path.string() + "' "
                            + (got ? "became shorter while it was sent" : got.error().message);
            m_share->service->report(Severity::Error, outcome.error);
            co_return false;
        }
        slice -= block.size();
        patch(block, done, file.patches);
        const bool isWritten = co_await writeThrottled(block, outcome);
        if (!isWritten)
            co_return false;
    }
    co_return true;
}

} // namespace understudy::wire
