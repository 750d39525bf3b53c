// SPDX-License-Identifier: Apache-2.0
// `faker` and the short helpers of older templates (reference/mockoon.md section 6.9).
#include "core/base/text.h"
#include "core/template/faker/faker.h"
#include "core/template/mockoon/helpers.h"
#include "core/template/scripting.h"

#include <cctype>

namespace understudy::mockoon {

using handlebars::Helper;
using handlebars::HelperCall;
using handlebars::Value;

namespace {

/// `{ length: 5, casing: "upper" }`: JSON whose names may stand bare and texts in apostrophes.
std::string strictJson(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        if (c == '"' || c == '\'') {
            std::size_t end = i + 1;
            while (end < text.size() && text[end] != c)
                end += text[end] == '\\' ? 2 : 1;
            out += text::quoteJson(text.substr(i + 1, end - i - 1));
            i = end + 1;
        } else if (std::isalpha(static_cast<unsigned char>(c)) || c == '_') {
            std::size_t end = i;
            while (end < text.size()
                   && (std::isalnum(static_cast<unsigned char>(text[end])) || text[end] == '_'))
                ++end;
            const std::string_view word = text.substr(i, end - i);
            const bool isLiteral = word == "true" || word == "false" || word == "null";
            out += isLiteral ? std::string(word) : text::quoteJson(word);
            i = end;
        } else {
            out += c;
            ++i;
        }
    }
    return out;
}

/// Of the hash; undefined if there is none.
Value options(HelperCall &call)
{
    if (call.hash().empty())
        return {};
    JsonObject out;
    for (const auto &[key, value] : call.hash()) {
        if (const auto json = value.json())
            out.set(key, *json);
    }
    return Value(std::move(out));
}

/// By the real faker: what our words do not answer, and every other language.
Value calledReally(HelperCall &call, std::string_view method, const std::vector<Value> &places,
                   const Value &names, std::string_view locale)
{
    Scripting *scripting = call.scope()->server ? call.scope()->server->scripting() : nullptr;
    if (!scripting || !scripting->hasFaker()) {
        const std::string what = locale.empty()
                                     ? std::string(method)
                                     : std::string(method) + " in '" + std::string(locale) + "'";
        return call.fail(what + " is not among the " + std::to_string(faker::methodNames().size())
                         + " methods that are built in, and the bundle of @faker-js/faker is not "
                           "here: it takes the desktop or understudy-cli, built where npm reaches "
                           "its registry (installer/faker-bundle)");
    }
    JsonArray arguments;
    for (const Value &place : places)
        arguments.push_back(call.copied(place));
    if (!names.isUndefined())
        arguments.push_back(call.copied(names));
    if (call.hasFailed())
        return {};
    auto made = scripting->fake(method, std::move(arguments), locale, *call.scope());
    return made ? *std::move(made) : call.fail(made.error().message);
}

Value called(HelperCall &call, std::string_view method, std::vector<Value> places,
             const Value &names)
{
    if (!call.scope())
        return call.fail("there is no chance here");
    std::string_view locale
        = call.scope()->server ? call.scope()->server->locale() : std::string_view();
    if (locale == "en")
        locale = {};
    if (!locale.empty())
        return calledReally(call, method, places, names, locale);
    auto value = faker::call(method, {*call.scope(), places, names});
    return value ? *std::move(value) : calledReally(call, method, places, names, locale);
}

Value fakerHelper(HelperCall &call)
{
    std::vector<Value> places;
    for (std::size_t i = 1; i < call.size(); ++i) {
        const std::string *text = call[i].ifText();
        auto relaxed = text && text->starts_with('{') && text->ends_with('}')
                           ? JsonValue::parse(strictJson(*text))
                           : Result<JsonValue>(Error{});
        places.push_back(relaxed ? Value::ofJson(*std::move(relaxed)) : call[i]);
    }
    return called(call, call[0].text(), std::move(places), options(call));
}

/// A short helper without arguments.
template<std::size_t index>
Value shortHelper(HelperCall &call);

struct Short
{
    std::string_view name;
    std::string_view method;
};

constexpr std::array kShort{
    Short{"guid", "string.uuid"},
    Short{"uuid", "string.uuid"},
    Short{"objectId", "database.mongodbObjectId"},
    Short{"boolean", "datatype.boolean"},
    Short{"firstName", "person.firstName"},
    Short{"lastName", "person.lastName"},
    Short{"title", "person.prefix"},
    Short{"company", "company.name"},
    Short{"email", "internet.email"},
    Short{"domain", "internet.domainName"},
    Short{"tld", "internet.domainSuffix"},
    Short{"ipv4", "internet.ipv4"},
    Short{"ipv6", "internet.ipv6"},
    Short{"color", "color.human"},
    Short{"hexColor", "color.rgb"},
    Short{"phone", "phone.number"},
    Short{"lat", "location.latitude"},
    Short{"long", "location.longitude"},
    Short{"city", "location.city"},
    Short{"country", "location.country"},
    Short{"countryCode", "location.countryCode"},
    Short{"street", "location.streetAddress"},
    Short{"zipcode", "location.zipCode"},
    Short{"postcode", "location.zipCode"},
};

template<std::size_t index>
Value shortHelper(HelperCall &call)
{
    return called(call, kShort[index].method, {}, {});
}

Value range(HelperCall &call, std::string_view method)
{
    JsonObject names;
    if (call[0].isNumber())
        names.set("min", *call[0].json());
    if (call[1].isNumber())
        names.set("max", *call[1].json());
    return called(call, method, {}, names.empty() ? Value() : Value(std::move(names)));
}

Value intHelper(HelperCall &call) { return range(call, "number.int"); }
Value floatHelper(HelperCall &call) { return range(call, "number.float"); }
Value lorem(HelperCall &call)
{
    return called(call, "lorem.sentence",
                  call[0].isNumber() ? std::vector<Value>{call[0]} : std::vector<Value>{}, {});
}

template<std::size_t... index>
constexpr auto shortRows(std::index_sequence<index...>)
{
    return std::array{
        Helper{kShort[index].name, "", "Invented data: see 'faker'.", shortHelper<index>}...};
}

constexpr auto kShortHelpers = shortRows(std::make_index_sequence<kShort.size()>());

const std::vector<Helper> &rows()
{
    static const std::vector<Helper> all = [] {
        std::vector<Helper> out(kShortHelpers.begin(), kShortHelpers.end());
        out.push_back({"faker", "'module.method' value… name=value…",
                       "Invented data, by the names of @faker-js/faker.", fakerHelper});
        out.push_back({"int", "[least] [most]", "A whole number, drawn.", intHelper});
        out.push_back({"float", "[least] [most]", "A number, drawn.", floatHelper});
        out.push_back({"lorem", "[words]", "A sentence of lorem ipsum.", lorem});
        return out;
    }();
    return all;
}

} // namespace

std::span<const Helper> fakerHelpers() { return rows(); }

const handlebars::HelperTable &helperTable()
{
    static const handlebars::HelperTable table(
        {handlebars::builtinHelpers(), requestHelpers(), dataHelpers(), blockHelpers(),
         numberHelpers(), textHelpers(), listHelpers(), dateHelpers(), fakerHelpers()});
    return table;
}

} // namespace understudy::mockoon
