// SPDX-License-Identifier: Apache-2.0
#include "core/wire/callback_sender.h"

#include "core/wire/await.h"
#include "core/wire/hmac.h"
#include "core/wire/http_client.h"
#include "core/wire/io_thread.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <mutex>
#include <unordered_set>
#include <utility>

namespace understudy::wire {

namespace asio = boost::asio;

namespace {

std::size_t sizeOf(const OutboundRequest &request)
{
    std::size_t size = sizeof(request) + request.url.size() + request.body.size();
    for (const http::HeaderField &field : request.headers)
        size += sizeof(field) + field.name.size() + field.value.size();
    return size;
}

/// One callback on its way: on one thread from its start to its end.
struct Job
{
    Job(asio::io_context &its, std::size_t size)
        : context(its)
        , bytes(size)
    {}
    asio::io_context &context;
    const std::size_t bytes; ///< that wait to be sent
    asio::cancellation_signal signal;
};

} // namespace

class CallbackSender::Private
{
public:
    Private(IoPool &p, Options o)
        : pool(p)
        , options(std::move(o))
    {}

    bool isOver()
    {
        const std::lock_guard lock(mutex);
        return isStopped;
    }
    std::shared_ptr<Job> newJob(std::size_t size)
    {
        const std::lock_guard lock(mutex);
        if (isStopped || jobs.size() >= kMaxWaiting || size > kMaxBytes - bytes)
            return nullptr;
        auto job = std::make_shared<Job>(pool.next().context(), size);
        jobs.insert(job);
        bytes += size;
        return job;
    }
    void remove(const std::shared_ptr<Job> &job)
    {
        const std::lock_guard lock(mutex);
        if (jobs.erase(job) > 0)
            bytes -= job->bytes;
    }

    asio::awaitable<void> run(OutboundRequest request, std::uint64_t cause)
    {
        if (!co_await pause(request.after))
            co_return;
        if (request.sign)
            request.headers.push_back(
                {request.sign->header, signatureOf(*request.sign, request.body)});
        Duration backoff = request.backoff;
        for (int tries = request.retries;; --tries) {
            ClientResult result;
            bool isRefused = false;
            try {
                co_await exchangeOver(request, result);
            } catch (const std::exception &e) {
                // A header that is too long for a line, no memory; or the end, see below.
                result.error = std::string("it could not be made: ") + e.what();
                isRefused = true;
            }
            const bool isDone = result.error.empty() && result.status < 500;
            if ((co_await asio::this_coro::cancellation_state).cancelled()
                != asio::cancellation_type::none)
                co_return;
            record(request, std::move(result), cause);
            if (isDone || isRefused || tries <= 0 || !co_await pause(backoff))
                co_return;
            backoff *= 2;
        }
    }

    void record(const OutboundRequest &request, ClientResult result, std::uint64_t cause) const
    {
        auto exchange = std::make_shared<Exchange>();
        exchange->serverId = options.serverId;
        exchange->serverName = options.serverName;
        exchange->match = MatchKind::Callback;
        exchange->cause = cause;
        exchange->received = result.began;
        exchange->client = "→ " + (result.peer.empty() ? request.url : result.peer);
        exchange->tls = std::move(result.tls);
        exchange->request = std::move(result.sent);
        if (exchange->request.method().empty())
            exchange->request = http::RequestHead(request.method, request.url, {});
        exchange->requestBody = captureBody(request.body, options.captureLimit);
        exchange->status = result.status;
        exchange->responseHead = std::move(result.head);
        exchange->responseBody = captureBody(std::move(result.body), options.captureLimit);
        exchange->responseBody.cut |= result.isCut;
        exchange->timings.requestComplete = result.sentAfter;
        exchange->timings.matched = result.sentAfter;
        exchange->timings.firstByteOut = result.answeredAfter;
        exchange->timings.complete = result.completeAfter;
        exchange->error = std::move(result.error);
        options.record(std::move(exchange));
    }

    /// What is not even tried.
    void refuse(const OutboundRequest &request, const std::string &why, std::uint64_t cause) const
    {
        ClientResult result;
        result.began = std::chrono::system_clock::now();
        result.error = why;
        record(request, std::move(result), cause);
    }

    static asio::awaitable<bool> pause(Duration duration)
    {
        if (duration.count() > 0) {
            asio::steady_timer timer(co_await asio::this_coro::executor);
            timer.expires_after(duration);
            const auto [ec] = co_await timer.async_wait(kNoThrow);
            if (ec)
                co_return false;
        }
        co_return true;
    }

    IoPool &pool;
    const Options options;
    std::mutex mutex;
    bool isStopped = false;
    std::size_t bytes = 0; ///< of all jobs
    std::unordered_set<std::shared_ptr<Job>> jobs;
};

CallbackSender::CallbackSender(IoPool &pool, Options options)
    : d(std::make_shared<Private>(pool, std::move(options)))
{}

CallbackSender::~CallbackSender() { stop(); }

void CallbackSender::send(std::vector<OutboundRequest> requests, std::uint64_t cause)
{
    if (d->isOver())
        return;
    for (OutboundRequest &request : requests) {
        if (!request.error.empty()) {
            d->refuse(request, request.error, cause);
            continue;
        }
        const auto job = d->newJob(sizeOf(request));
        if (!job) {
            d->refuse(request,
                      std::to_string(kMaxWaiting)
                          + " callbacks, or 64 MB of them, are on their way "
                            "already; this one is not sent",
                      cause);
            continue;
        }
        asio::co_spawn(
            job->context, d->run(std::move(request), cause),
            asio::bind_cancellation_slot(
                job->signal.slot(), [d = d, job](const std::exception_ptr &) { d->remove(job); }));
    }
}

void CallbackSender::stop()
{
    std::unordered_set<std::shared_ptr<Job>> jobs;
    {
        const std::lock_guard lock(d->mutex);
        if (std::exchange(d->isStopped, true))
            return; // the threads may be gone
        jobs = d->jobs;
    }
    for (const std::shared_ptr<Job> &job : jobs)
        asio::post(job->context, [job] { job->signal.emit(asio::cancellation_type::terminal); });
}

} // namespace understudy::wire
