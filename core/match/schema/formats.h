// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace understudy::json_schema {

/// A format of JSON Schema 2020-12 section 7.3, or one of those that Ajv's users know (`int32`,
/// `byte` …).
struct Format
{
    std::string_view name;
    bool isOfNumbers = false;
    bool (*accepts)(std::string_view text) = nullptr; ///< of a number: its text in JSON
    std::uint64_t work = 200; ///< about what asking costs, beside each byte; of a WorkBudget
};

/// Null where it is not known.
const Format *findFormat(std::string_view name);

} // namespace understudy::json_schema
