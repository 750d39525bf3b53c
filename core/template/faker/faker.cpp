// SPDX-License-Identifier: Apache-2.0
#include "core/template/faker/faker.h"

#include <algorithm>
#include <cmath>

namespace understudy::faker {

using handlebars::Value;

namespace {

constexpr std::int64_t kMostCharacters = 100'000;

std::vector<std::span<const Method>> allMethods()
{
    return {numberMethods(), personMethods(), internetMethods(), placeMethods(), textMethods(),
            dateMethods(),   tradeMethods(),  pickMethods(),     listMethods()};
}

} // namespace

Arguments::Arguments(handlebars::RenderScope &scope, std::span<const Value> places,
                     const Value &names)
    : m_scope(scope)
    , m_places(places)
    , m_names(names)
{
    if (!m_names.ifObject() && !m_places.empty() && m_places.back().ifObject())
        m_names = m_places.back();
}

Value Arguments::place(std::size_t index) const
{
    return index < m_places.size() ? m_places[index] : Value();
}

Value Arguments::option(std::string_view name) const { return m_names.member(name); }

double Arguments::number(std::string_view name, double otherwise) const
{
    const Value value = option(name);
    const double number = value.number();
    return value.isMissing() || std::isnan(number) ? otherwise : number;
}

std::int64_t Arguments::count(std::string_view name, std::int64_t otherwise) const
{
    Value value = option(name);
    if (value.isUndefined() && !place(0).ifObject())
        value = place(0);
    if (value.isUndefined() && place(0).ifObject() && !place(0).member("min").isUndefined())
        value = place(0);
    if (value.ifObject()) {
        const double least = value.member("min").number();
        const double most = value.member("max").number();
        if (!std::isnan(least) && !std::isnan(most))
            return std::clamp<std::int64_t>(
                draw(handlebars::wholeNumber(least), handlebars::wholeNumber(most)), 0,
                kMostCharacters);
    }
    const double number = value.number();
    if (value.isMissing() || std::isnan(number) || number < 0)
        return otherwise;
    return std::min(handlebars::wholeNumber(number), kMostCharacters);
}

std::string_view Arguments::pick(std::span<const std::string_view> words) const
{
    return words[static_cast<std::size_t>(draw(0, static_cast<std::int64_t>(words.size()) - 1))];
}

std::string Arguments::characters(std::string_view from, std::int64_t count) const
{
    std::string out;
    for (std::int64_t i = 0; i < count; ++i)
        out += from[static_cast<std::size_t>(draw(0, static_cast<std::int64_t>(from.size()) - 1))];
    return out;
}

std::string Arguments::digits(std::string_view pattern) const
{
    std::string out;
    for (const char c : pattern) {
        if (c == '#')
            out += static_cast<char>('0' + draw(0, 9));
        else if (c == '!')
            out += static_cast<char>('0' + draw(2, 9));
        else
            out += c;
    }
    return out;
}

std::vector<std::string_view> methodNames()
{
    std::vector<std::string_view> out;
    for (const auto part : allMethods()) {
        for (const Method &method : part)
            out.push_back(method.name);
    }
    return out;
}

std::optional<Value> call(std::string_view method, const Arguments &arguments)
{
    for (const auto part : allMethods()) {
        for (const Method &one : part) {
            if (one.name == method)
                return one.make(arguments);
        }
    }
    return std::nullopt;
}

} // namespace understudy::faker
