// SPDX-License-Identifier: Apache-2.0
#include "core/match/xpath.h"

#include "core/match/comparison.h"
#include "core/match/operators/table.h"

namespace understudy {

namespace {

class XPathOperator final : public Operator
{
public:
    explicit XPathOperator(XPath path)
        : m_path(std::move(path))
    {}
    std::string_view costly() const override { return "the XPath"; }

protected:
    MatchVerdict holdsFor(const TargetValue &, const MatchContext &context,
                          WorkBudget &budget) const override
    {
        const XmlBody *body = context.request.xml();
        return body ? m_path.holds(*body, budget) : MatchVerdict::No;
    }

private:
    XPath m_path;
};

} // namespace

Result<OperatorPtr> compileXPath(const Condition &condition)
{
    const JsonValue *namespaces = condition.options.find("namespaces");
    const JsonObject *map = namespaces ? namespaces->ifObject() : nullptr;
    auto path = XPath::compile(textOf(condition.value), map ? *map : JsonObject{});
    if (!path)
        return path.error();
    return OperatorPtr(std::make_unique<XPathOperator>(*std::move(path)));
}

} // namespace understudy
