// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"
#include "core/base/regex.h"
#include "core/base/work_budget.h"
#include "core/formats/openapi/document.h"

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>

namespace understudy::formats::openapi {

/// Where a value is not what its schema says, and why.
struct Misfit
{
    std::string path;   ///< a JSON pointer; empty: the whole value
    std::string reason; ///< "is no integer"

    std::string text() const { return (path.empty() ? "the value" : path) + " " + reason; }
};

/// Whether values are what schemas of a document say, as far as an import needs it: all keywords of
/// OpenAPI 3.0, of JSON Schema those that are in use. What is sent counts: properties that are
/// writeOnly need not be there. A bounded amount of work a question and in all; what is not
/// known by then fits.
class SchemaCheck
{
public:
    explicit SchemaCheck(Document &document)
        : m_document(document)
    {}

    std::optional<Misfit> misfit(Element schema, const JsonValue &value);
    /// Whether a text fits `pattern`; expressions that cannot be read fit all.
    bool fitsPattern(const std::string &pattern, const std::string &text);

private:
    using Answer = std::optional<Misfit>;

    Answer check(Element schema, const JsonValue &value);
    Answer keywords(Element schema, const JsonValue &value);
    Answer type(Element schema, const JsonValue &value) const;
    Answer choices(Element schema, const JsonValue &value);
    Answer text(Element schema, const std::string &value);
    Answer number(Element schema, const JsonNumber &value) const;
    Answer array(Element schema, const JsonArray &value);
    Answer object(Element schema, const JsonObject &value);
    Answer member(Element schema, const JsonMember &member);
    Answer combined(Element schema, const JsonValue &value);
    std::size_t branchesThatFit(Element branches, const JsonValue &value);

    Document &m_document;
    std::unordered_map<std::string, std::optional<Regex>> m_regexes;
    WorkBudget m_regexWork{1'000'000'000}; ///< of the whole import
    std::size_t m_allSteps = 0;            ///< of the questions before
    std::size_t m_mostSteps = 0;
    std::size_t m_steps = 0;
    int m_depth = 0;
};

/// Whether two values mean the same: numbers by their value, members in any order.
bool meansTheSame(const JsonValue &a, const JsonValue &b);

/// The number that a keyword has, or nothing.
std::optional<std::size_t> countOf(Element schema, std::string_view keyword);

} // namespace understudy::formats::openapi
