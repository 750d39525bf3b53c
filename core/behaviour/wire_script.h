// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/files.h"
#include "core/base/units.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What a connection does to send one answer: plain data that core/wire plays with timers and
/// sockets. A correct answer is a script too; a fault is a script that no correct server would
/// play.
namespace understudy {

/// Waits; counted from the last byte of the request, so that work done meanwhile is no delay.
struct WaitForAnswerStep
{
    Duration latency{};
    bool operator==(const WaitForAnswerStep &) const = default;
};

struct PauseStep
{
    Duration duration{};
    bool operator==(const PauseStep &) const = default;
};

/// How bytes are cut into pieces: each goes out after its pause. Size 0 = not at all.
struct Slices
{
    std::uint64_t size = 0;
    Duration pause{};
    std::uint64_t pieces = 0; ///< at most so many: the last takes what is left; 0 = no limit
    bool operator==(const Slices &) const = default;
};

struct WriteStep
{
    std::string bytes;
    Slices slices;
    bool operator==(const WriteStep &) const = default;
};

/// A byte of a file that is sent changed.
struct BytePatch
{
    std::uint64_t offset = 0;            ///< from the beginning of the stretch
    std::uint8_t flip = 0;               ///< bits to turn over
    std::optional<std::uint8_t> value{}; ///< or: the byte to send instead
    bool operator==(const BytePatch &) const = default;
};

/// A stretch of a file.
struct WriteFileStep
{
    std::filesystem::path path; ///< for people
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    Slices slices;
    std::vector<BytePatch> patches;                   ///< by ascending offset
    std::shared_ptr<const files::RegularFile> file{}; ///< what is read
    bool operator==(const WriteFileStep &) const = default;
};

using WireStep = std::variant<WaitForAnswerStep, PauseStep, WriteStep, WriteFileStep>;

/// What becomes of the connection after the last step.
enum class WireEnd {
    KeepAlive, ///< the next request is read, unless the answer or the client said close
    Close,     ///< FIN, then what the client still sends is read for a while (RFC 9112 section 9.6)
    Reset,     ///< RST (SO_LINGER 0)
    HalfClose, ///< FIN, and reads on until the client leaves
    Stall,     ///< sends nothing more until `stallFor` is over or the client leaves, then closes
    Cut,       ///< as Close, but TLS says no close_notify
    Race       ///< keeps the connection and resets it when the next request begins to arrive
};

/// What the server as a whole does besides.
enum class ServerEffect { None, Refuse, Blackhole };

struct WireScript
{
    std::vector<WireStep> steps;
    WireEnd end = WireEnd::KeepAlive;
    std::optional<Duration> stallFor; ///< nothing: as long as the client stays
    ByteCount download; ///< bytes per second for everything the steps write; 0 = no throttle
    ServerEffect effect = ServerEffect::None;
    Duration effectFor{};
    Duration plannedTransfer{}; ///< from the first byte to the last, as far as it is planned

    bool operator==(const WireScript &) const = default;
};

} // namespace understudy
