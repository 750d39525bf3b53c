// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Small operations on ASCII text that the standard library lacks. Letter case is ASCII's, never
/// the locale's.
namespace understudy::text {

constexpr char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}
bool equalsIgnoreCase(std::string_view a, std::string_view b);
std::string toLower(std::string_view text);
std::string toUpper(std::string_view text);
/// Without spaces and tabs at both ends.
std::string_view trim(std::string_view text);
/// In lower case, everything but letters and digits as one hyphen, none at the ends: "get-users"
/// for "GET /users". Empty if nothing is left.
std::string slug(std::string_view text);
/// UTF-8 with Latin letters (to U+017F) as ASCII writes them: "Cafe Strasse" for "Café Straße";
/// combining marks fall away, everything else stays.
std::string withoutAccents(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
/// Decodes RFC 4648 base64 (padding optional, white space skipped); nothing if it is not base64.
std::optional<std::string> decodeBase64(std::string_view text);
/// The same for base64url.
std::optional<std::string> decodeBase64Url(std::string_view text);
std::string encodeBase64(std::string_view bytes);
/// Whether `bytes` is well-formed UTF-8 (RFC 3629).
bool isUtf8(std::string_view bytes);
/// The same text with U+FFFD for each byte that is not UTF-8.
std::string asUtf8(std::string text);
/// The beginning of a text for people, at most `bytes` long and cut between characters, with an
/// ellipsis where something is left out.
std::string shortened(std::string_view text, std::size_t bytes);
/// JSON string with quotes, control characters escaped; bytes that are not UTF-8 become U+FFFD.
std::string quoteJson(std::string_view text);
/// The same behind what is there.
void appendJson(std::string &out, std::string_view text);

/// `name` between apostrophes, as messages write names: 'id'. (Called `quoted`, it would meet
/// std::quoted by argument-dependent look-up.)
std::string inQuotes(std::string_view name);

} // namespace understudy::text
