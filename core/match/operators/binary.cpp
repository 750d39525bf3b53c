// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"

#include "core/match/comparison.h"
#include "core/match/operators/table.h"

namespace understudy {

namespace {

/// The same bytes.
class BinaryOperator final : public Operator
{
public:
    explicit BinaryOperator(std::string bytes)
        : m_bytes(std::move(bytes))
    {}

protected:
    MatchVerdict holdsFor(const TargetValue &value, const MatchContext &context,
                          WorkBudget &) const override
    {
        // A body may be meant as it was sent, or without its codings; its text is decoded already.
        if (value.isBody)
            return verdictOf(context.request.request().body == m_bytes
                             || context.request.bytes().value() == m_bytes);
        return verdictOf(value.text == m_bytes);
    }

private:
    std::string m_bytes;
};

} // namespace

Result<OperatorPtr> compileBinary(const Condition &condition)
{
    auto bytes = text::decodeBase64(textOf(condition.value));
    if (!bytes)
        return operatorNeeds(condition.op, "base64");
    return OperatorPtr(std::make_unique<BinaryOperator>(*std::move(bytes)));
}

} // namespace understudy
