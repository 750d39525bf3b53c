// SPDX-License-Identifier: Apache-2.0
#include "core/wire/script_player.h"

#include "core/behaviour/slicer.h"

#include <algorithm>
#include <chrono>
#include <variant>

namespace understudy::wire {

namespace asio = boost::asio;

namespace {

// What was sent is known in pieces of this size.
constexpr std::size_t kPiece = 65'536;
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

asio::awaitable<void> ScriptPlayer::play(const WireScript &script, Outcome &outcome)
{
    if (script.download.value == 0) {
        m_download.reset();
    } else if (!m_download || m_downloadRate != script.download) {
        m_download.emplace(script.download, std::chrono::steady_clock::now());
    }
    m_downloadRate = script.download;
    outcome.firstOut = {};
    for (const WireStep &step : script.steps) {
        bool goesOn = true;
        if (const auto *wait = std::get_if<WaitForAnswerStep>(&step)) {
            goesOn = co_await m_channel.pauseUntil(outcome.arrived + wait->latency);
        } else if (const auto *pause = std::get_if<PauseStep>(&step)) {
            goesOn
                = co_await m_channel.pauseUntil(std::chrono::steady_clock::now() + pause->duration);
        } else {
            if (outcome.firstOut == SteadyTime{})
                outcome.firstOut = std::chrono::steady_clock::now();
            if (const auto *bytes = std::get_if<WriteStep>(&step))
                goesOn = co_await writeSliced(bytes->bytes, bytes->slices, outcome);
            else if (const auto *file = std::get_if<WriteFileStep>(&step))
                goesOn = co_await writeFile(*file, outcome);
        }
        if (!goesOn) {
            outcome.isWhole = false;
            if (m_channel.phase() == Channel::Phase::Closing)
                outcome.error = "the server was stopped before the answer was sent";
            break;
        }
    }
    if (outcome.firstOut == SteadyTime{})
        outcome.firstOut = std::chrono::steady_clock::now();
}

asio::awaitable<bool> ScriptPlayer::writeSliced(std::string_view bytes, Slices slices,
                                                Outcome &outcome)
{
    Slicer slicer(slices, bytes.size(), std::chrono::steady_clock::now());
    while (!bytes.empty()) {
        const bool isOpen = co_await m_channel.pauseUntil(slicer.due());
        if (!isOpen)
            co_return false;
        const std::string_view slice = bytes.substr(0, slicer.take());
        const bool isWritten = co_await writeThrottled(slice, outcome);
        if (!isWritten)
            co_return false;
        bytes.remove_prefix(slice.size());
    }
    co_return true;
}

asio::awaitable<bool> ScriptPlayer::writeThrottled(std::string_view bytes, Outcome &outcome)
{
    while (!bytes.empty()) {
        std::string_view piece = bytes.substr(0, kPiece);
        if (m_download) {
            piece = piece.substr(0, m_download->piece());
            const SteadyTime ready
                = m_download->readyFor(piece.size(), std::chrono::steady_clock::now());
            const bool isOpen = co_await m_channel.pauseUntil(ready);
            if (!isOpen)
                co_return false;
            m_download->take(piece.size(), std::chrono::steady_clock::now());
        }
        const bool isWritten = co_await m_channel.write(piece, {});
        if (!isWritten)
            co_return false;
        outcome.keep(piece);
        bytes.remove_prefix(piece.size());
    }
    co_return true;
}

asio::awaitable<bool> ScriptPlayer::writeFile(const WriteFileStep &file, Outcome &outcome)
{
    std::string block;
    Slicer slicer(file.slices, file.size, std::chrono::steady_clock::now());
    std::uint64_t slice = 0; // what is left of the slice that goes
    for (std::uint64_t done = 0; done < file.size; done += block.size()) {
        if (slice == 0) {
            const bool isOpen = co_await m_channel.pauseUntil(slicer.due());
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
            m_channel.service().report(Severity::Error, outcome.error);
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
