// SPDX-License-Identifier: Apache-2.0
#include "core/match/comparison.h"
#include "core/match/operators/table.h"
#include "core/match/xml_body.h"
#include "core/match/xml_comparison.h"

#include <optional>

namespace understudy {

namespace {

class XmlOperator final : public Operator
{
public:
    explicit XmlOperator(std::unique_ptr<const XmlBody> expected)
        : m_expected(std::move(expected))
    {}
    std::string_view costly() const override { return "the XML"; }

    std::string whyNot(const TargetValue &value, WorkBudget &budget) const override
    {
        std::string difference;
        const XmlBody actual(value.text, true);
        if (!actual.isValid())
            return "no XML";
        equalsXml(actual.document(), m_expected->document(), budget, &difference);
        return difference;
    }

protected:
    MatchVerdict holdsFor(const TargetValue &value, const MatchContext &context,
                          WorkBudget &budget) const override
    {
        std::optional<XmlBody> own;
        const XmlBody *actual = value.isBody ? context.request.xml() : nullptr;
        if (!value.isBody) {
            if (!budget.spend(value.text.size()))
                return MatchVerdict::Undecided;
            actual = &own.emplace(value.text, true);
        }
        if (!actual || !actual->isValid())
            return MatchVerdict::No;
        return equalsXml(actual->document(), m_expected->document(), budget);
    }

private:
    std::unique_ptr<const XmlBody> m_expected;
};

} // namespace

Result<OperatorPtr> compileXml(const Condition &condition)
{
    auto expected = std::make_unique<const XmlBody>(textOf(condition.value), true);
    if (!expected->isValid())
        return Error{ErrorCode::Syntax, "'xml' needs a well-formed document", {}};
    return OperatorPtr(std::make_unique<XmlOperator>(std::move(expected)));
}

} // namespace understudy
