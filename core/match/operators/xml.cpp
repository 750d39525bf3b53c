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

    std::string whyNot(const TargetValue &value, const MatchContext &context,
                       WorkBudget &budget) const override
    {
        std::optional<XmlBody> own;
        const XmlBody *actual = bodyOf(value, context, own, budget);
        if (!actual)
            return "no XML";
        std::string difference;
        equalsXml(actual->document(), m_expected->document(), budget, &difference);
        return difference;
    }

protected:
    MatchVerdict holdsFor(const TargetValue &value, const MatchContext &context,
                          WorkBudget &budget) const override
    {
        std::optional<XmlBody> own;
        const XmlBody *actual = bodyOf(value, context, own, budget);
        if (!actual)
            return budget.left() == 0 ? MatchVerdict::Undecided : MatchVerdict::No;
        return equalsXml(actual->document(), m_expected->document(), budget);
    }

private:
    /// Null where it is no XML. `own` holds what had to be read.
    static const XmlBody *bodyOf(const TargetValue &value, const MatchContext &context,
                                 std::optional<XmlBody> &own, WorkBudget &budget)
    {
        if (value.isBody)
            return context.request.xml();
        if (!budget.spend(value.text.size()))
            return nullptr;
        own.emplace(value.text, true);
        return own->isValid() ? &*own : nullptr;
    }

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
