// SPDX-License-Identifier: Apache-2.0
#include "core/match/json_path.h"

#include "core/base/text.h"
#include "core/match/json_path_evaluator.h"
#include "core/match/json_path_parser.h"

namespace understudy {

JsonPath::JsonPath(std::string text, std::shared_ptr<const json_path::Query> query)
    : m_text(std::move(text))
    , m_query(std::move(query))
{}

Result<JsonPath> JsonPath::parse(std::string_view text)
{
    if (text.size() > kMaxLength) {
        return Error{ErrorCode::Limit,
                     "a JSONPath has at most " + std::to_string(kMaxLength)
                         + " bytes, this one has " + std::to_string(text.size()),
                     {}};
    }
    if (!text::isUtf8(text))
        return Error{ErrorCode::Syntax, "the JSONPath is not UTF-8", {}};
    auto query = json_path::parseQuery(text);
    if (!query)
        return query.error();
    return JsonPath(std::string(text), std::make_shared<const json_path::Query>(*std::move(query)));
}

std::vector<const JsonValue *> JsonPath::select(const JsonValue &root) const
{
    auto nodes = trySelect(root);
    return nodes ? *std::move(nodes) : std::vector<const JsonValue *>{};
}

Result<std::vector<const JsonValue *>> JsonPath::trySelect(const JsonValue &root,
                                                           std::uint64_t maxWork) const
{
    WorkBudget budget(maxWork * json_path::kNodeWork);
    return json_path::evaluate(*m_query, root, budget);
}

Result<std::vector<const JsonValue *>> JsonPath::trySelect(const JsonValue &root,
                                                           WorkBudget &budget) const
{
    return json_path::evaluate(*m_query, root, budget);
}

bool JsonPath::isSingular() const { return m_query->singular; }

} // namespace understudy
