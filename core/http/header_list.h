// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace understudy::http {

/// One header field as it was written or is to be sent; the name keeps its letter case.
struct HeaderField
{
    std::string name;
    std::string value;
    bool operator==(const HeaderField &) const = default;
};

using HeaderList = std::vector<HeaderField>;

/// The first field of that name (ASCII case-insensitive, RFC 9110 section 5.1), or nullptr.
const HeaderField *findHeader(const HeaderList &headers, std::string_view name);

/// A `token` of RFC 9110 section 5.6.2: method names, header names.
bool isToken(std::string_view text);

/// May stand in a field value (RFC 9110 section 5.5): no CR, LF, NUL or other control character but
/// tab.
bool isFieldValue(std::string_view text);

} // namespace understudy::http
