// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/model/behaviour.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

/// The keys that say how a fault strikes, beside `kind`, `at` and the conditions: the one table
/// that the reader, the writer, the checks and the window share. Which kind takes which key stands
/// in core/model/fault_catalogue.h.
namespace understudy {

/// What a value of a key is.
enum class FaultUnit {
    Time,    ///< longer than 0
    Shift,   ///< a time that may be negative
    Size,    ///< bytes
    Rate,    ///< bytes per second, more than 0
    Count,   ///< a number that the file may give as 0, which is then found to be too little
    Ordinal, ///< from 1
    Status,  ///< 200 to 999
    Headers, ///< names and values
    Name,    ///< of a header, or a word
    Variant, ///< one of the kind's variants
    Text     ///< any text
};

using FaultMember
    = std::variant<std::optional<Duration> Fault::*, std::optional<ByteCount> Fault::*,
                   std::optional<std::uint64_t> Fault::*, std::optional<int> Fault::*,
                   http::HeaderList Fault::*, std::string Fault::*>;

struct FaultKey
{
    std::string_view name; ///< as the file writes it
    FaultUnit unit;
    FaultMember member;
    std::string_view title;           ///< "After bytes of the body"
    std::string_view absent;          ///< what holds where the file is silent: "half the body"
    std::string_view initial;         ///< a value to begin with, as the file writes it
    std::string_view insteadOfZero{}; ///< what to do where 0 is meant: "'no-read' reads nothing"
};

/// In the order in which they are written.
std::span<const FaultKey> faultKeys();
/// Null if no key has the name.
const FaultKey *findFaultKey(std::string_view name);

bool hasKey(const Fault &fault, const FaultKey &key);

/// The value as the file writes it, headers as lines "Name: value"; empty where there is none.
std::string faultKeyText(const Fault &fault, const FaultKey &key);
/// The inverse; an empty text takes the value away, and a bare number is bytes where bytes are
/// meant. Errors: Syntax with what was expected; nothing was changed then.
Result<void> setFaultKeyText(Fault &fault, const FaultKey &key, std::string_view text);

} // namespace understudy
