// SPDX-License-Identifier: Apache-2.0
// Codings of texts, and what the machine says of itself.
#include "core/base/text.h"
#include "core/http/uri.h"
#include "core/template/wiremock/helpers.h"
#include "core/template/wiremock/values.h"

#include <array>
#include <cstdlib>
#include <unistd.h>
#include <unordered_map>

namespace understudy::wiremock {

using handlebars::Helper;
using handlebars::HelperCall;
using handlebars::Value;

namespace {

Value base64(HelperCall &call)
{
    const std::string text = textOrBlock(call).value_or("");
    if (call.option("decode").isTruthy()) {
        const auto bytes = text::decodeBase64(text);
        return bytes ? text::asUtf8(*bytes) : std::string();
    }
    std::string out = text::encodeBase64(text);
    const Value &padding = call.option("padding");
    if (!padding.isUndefined() && !padding.isTruthy()) {
        while (out.ends_with('='))
            out.pop_back();
    }
    return out;
}

/// As forms write it (java.net.URLEncoder): a blank is `+`, and `*` stays.
std::string formEncoded(std::string_view text)
{
    std::string out;
    for (const char c : http::percentEncode(text, " *")) {
        if (c == '~')
            out += "%7E";
        else
            out += c == ' ' ? '+' : c;
    }
    return out;
}

Value urlEncode(HelperCall &call)
{
    const std::string text = textOrBlock(call).value_or("");
    return call.option("decode").isTruthy() ? http::percentDecode(text, true) : formEncoded(text);
}

/// An object of lists; what has no `=` is dropped.
Value formData(HelperCall &call)
{
    const std::string text = textOrBlock(call).value_or("");
    const bool decodes = call.option("urlDecode").isTruthy();
    std::vector<JsonMember> fields;
    std::unordered_map<std::string, std::size_t> places;
    for (const std::string_view field : text::split(text, '&')) {
        const std::size_t equals = field.find('=');
        if (equals == std::string_view::npos)
            continue;
        std::string name(field.substr(0, equals));
        std::string value(field.substr(equals + 1));
        if (decodes) {
            name = http::percentDecode(name, true);
            value = http::percentDecode(value, true);
        }
        const auto [place, isNew] = places.try_emplace(name, fields.size());
        if (isNew)
            fields.push_back({std::move(name), JsonArray()});
        fields[place->second].value.ifArray()->emplace_back(std::move(value));
    }
    Value made = severalByName(JsonObject::of(std::move(fields)));
    return call.size() > 1 ? assigned(call, call[1], std::move(made)) : made;
}

Value hostname(HelperCall &)
{
    std::array<char, 256> name{};
    return gethostname(name.data(), name.size() - 1) == 0 ? Value(std::string(name.data()))
                                                          : Value("localhost");
}

/// Only what is meant for it: a template may come from somebody else.
bool isPermitted(std::string_view key)
{
    return text::toLower(key.substr(0, 9)) == "wiremock." || key.starts_with("UNDERSTUDY_");
}

Value systemValue(HelperCall &call)
{
    const std::string key = optionOr(call, "key", "");
    if (key.empty())
        return inlineError("The key cannot be empty");
    if (!isPermitted(key))
        return inlineError("Access to " + key + " is denied");
    const bool isEnvironment = optionOr(call, "type", "ENVIRONMENT") == "ENVIRONMENT";
    // Read only; nothing in the program sets a variable once threads run.
    const char *found
        = isEnvironment ? std::getenv(key.c_str()) : nullptr; // NOLINT(concurrency-mt-unsafe)
    return found ? Value(text::asUtf8(found)) : call.option("default");
}

constexpr std::array kHelpers{
    Helper{"base64", "text | block [decode=] [padding=]", "Base64 of a text, or its text.", base64},
    Helper{"urlEncode", "text | block [decode=]", "As forms write it, or what they say.",
           urlEncode},
    Helper{"formData", "text [variable] [urlDecode=]", "The fields of a form.", formData},
    Helper{"hostname", "", "The name of this machine.", hostname},
    Helper{"systemValue", "key= [type=] [default=]",
           "A variable of the environment: wiremock.… or UNDERSTUDY_….", systemValue},
};

} // namespace

std::span<const Helper> codingHelpers() { return kHelpers; }

} // namespace understudy::wiremock
