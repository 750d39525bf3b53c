// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/template/render_scope.h"
#include "core/template/value.h"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Invented data under the names of @faker-js/faker 9: the commonest of its methods, from small
/// word lists of our own. The shapes are faker's, the values are not; the same seed gives the same
/// ones.
namespace understudy::faker {

/// What a method is called with: values by place, and the names of the last one, an object.
class Arguments
{
public:
    Arguments(handlebars::RenderScope &scope, std::span<const handlebars::Value> places,
              const handlebars::Value &names);

    handlebars::RenderScope &scope() const { return m_scope; }
    handlebars::Value place(std::size_t index) const;
    /// An option; undefined where it has none.
    handlebars::Value option(std::string_view name) const;
    double number(std::string_view name, double otherwise) const;
    /// "length", which may also be the first value: a number, or an object with min and max.
    std::int64_t count(std::string_view name, std::int64_t otherwise) const;

    std::int64_t draw(std::int64_t from, std::int64_t to) const { return m_scope.random(from, to); }
    double unit() const { return m_scope.random(); }
    std::string_view pick(std::span<const std::string_view> words) const;
    std::string characters(std::string_view from, std::int64_t count) const;
    /// `#` as a digit.
    std::string digits(std::string_view pattern) const;

private:
    handlebars::RenderScope &m_scope;
    std::span<const handlebars::Value> m_places;
    handlebars::Value m_names;
};

struct Method
{
    std::string_view name; ///< "person.firstName"
    handlebars::Value (*make)(const Arguments &arguments);
};

std::span<const Method> numberMethods();
std::span<const Method> personMethods();
std::span<const Method> internetMethods();
std::span<const Method> placeMethods();
std::span<const Method> textMethods();
std::span<const Method> dateMethods();
std::span<const Method> tradeMethods();
std::span<const Method> pickMethods();
std::span<const Method> listMethods();

/// Every method that is answered, in no order.
std::vector<std::string_view> methodNames();

/// Nothing if the method is not answered here.
std::optional<handlebars::Value> call(std::string_view method, const Arguments &arguments);

} // namespace understudy::faker
