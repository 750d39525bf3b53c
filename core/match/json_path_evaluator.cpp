// SPDX-License-Identifier: Apache-2.0
#include "core/match/json_path_evaluator.h"

#include "core/base/decimal.h"
#include "core/match/json_path_functions.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>

namespace understudy::json_path {

namespace {

using value = JsonValue;

/// A ValueType of RFC 9535: a JSON value of the document (`shared`), one that was computed, or
/// Nothing.
struct Val
{
    const value *shared = nullptr;
    std::optional<std::int64_t> number;

    bool isNothing() const { return !shared && !number; }
};

std::optional<Decimal> toNumber(const value &v)
{
    const JsonNumber *number = v.ifNumber();
    return number ? Decimal::parse(number->text) : std::nullopt;
}

std::optional<Decimal> toNumber(const Val &v)
{
    if (v.number)
        return Decimal::of(*v.number);
    return v.shared ? toNumber(*v.shared) : std::nullopt;
}

class Evaluator
{
public:
    Evaluator(const value &root, WorkBudget &budget)
        : m_root(root)
        , m_budget(budget)
    {}

    Nodes run(const Query &query, const value &current)
    {
        Nodes nodes{query.fromRoot ? &m_root : &current};
        for (const Segment &segment : query.segments) {
            Nodes next;
            for (const value *node : nodes) {
                if (segment.descendant)
                    descend(segment, *node, next);
                else
                    apply(segment, *node, next);
                if (m_exhausted)
                    return {};
            }
            nodes = std::move(next);
        }
        return nodes;
    }

    bool exhausted() const { return m_exhausted; }

private:
    bool spend(std::uint64_t amount = 1)
    {
        if (!m_budget.spend(amount * kNodeWork))
            m_exhausted = true;
        return !m_exhausted;
    }

    /// The node and everything below it, each before its children, arrays in order. An explicit
    /// stack: the depth of the document is not ours to trust.
    void descend(const Segment &segment, const value &from, Nodes &out)
    {
        Nodes stack{&from};
        while (!stack.empty()) {
            const value *node = stack.back();
            stack.pop_back();
            if (!spend())
                return;
            apply(segment, *node, out);
            const std::size_t mark = stack.size();
            if (const JsonArray *array = node->ifArray()) {
                for (const value &child : *array)
                    stack.push_back(&child);
            } else if (const auto *object = node->ifObject()) {
                for (const auto &member : *object)
                    stack.push_back(&member.value);
            }
            std::reverse(stack.begin() + static_cast<std::ptrdiff_t>(mark), stack.end());
        }
    }

    void apply(const Segment &segment, const value &node, Nodes &out)
    {
        for (const Selector &selector : segment.selectors) {
            if (!spend())
                return;
            std::visit([&](const auto &s) { select(s, node, out); }, selector);
        }
    }

    void add(const value &node, Nodes &out)
    {
        if (spend())
            out.push_back(&node);
    }

    void select(const NameSelector &selector, const value &node, Nodes &out)
    {
        if (const auto *object = node.ifObject()) {
            if (const value *found = object->find(selector.name))
                add(*found, out);
        }
    }

    void select(const WildcardSelector &, const value &node, Nodes &out)
    {
        if (const auto *array = node.ifArray()) {
            for (const value &child : *array)
                add(child, out);
        } else if (const auto *object = node.ifObject()) {
            for (const auto &member : *object)
                add(member.value, out);
        }
    }

    void select(const IndexSelector &selector, const value &node, Nodes &out)
    {
        const auto *array = node.ifArray();
        if (!array)
            return;
        const auto size = static_cast<std::int64_t>(array->size());
        const std::int64_t index = selector.index < 0 ? size + selector.index : selector.index;
        if (index >= 0 && index < size)
            add((*array)[static_cast<std::size_t>(index)], out);
    }

    /// RFC 9535 section 2.3.4.2.2.
    void select(const SliceSelector &slice, const value &node, Nodes &out)
    {
        const auto *array = node.ifArray();
        if (!array || slice.step == 0)
            return;
        const auto size = static_cast<std::int64_t>(array->size());
        const bool up = slice.step > 0;
        const auto normalise = [&](std::int64_t i) { return i >= 0 ? i : size + i; };
        const std::int64_t start = normalise(slice.start.value_or(up ? 0 : size - 1));
        const std::int64_t end = slice.end ? normalise(*slice.end) : (up ? size : -1);
        if (up) {
            const std::int64_t to = std::clamp<std::int64_t>(end, 0, size);
            for (std::int64_t i = std::clamp<std::int64_t>(start, 0, size); i < to; i += slice.step)
                add((*array)[static_cast<std::size_t>(i)], out);
        } else {
            const std::int64_t to = std::clamp<std::int64_t>(end, -1, size - 1);
            for (std::int64_t i = std::clamp<std::int64_t>(start, -1, size - 1); i > to;
                 i += slice.step)
                add((*array)[static_cast<std::size_t>(i)], out);
        }
    }

    void select(const FilterSelector &filter, const value &node, Nodes &out)
    {
        const auto consider = [&](const value &child) {
            if (spend() && holds(*filter.condition, child))
                add(child, out);
        };
        if (const auto *array = node.ifArray()) {
            for (const value &child : *array)
                consider(child);
        } else if (const auto *object = node.ifObject()) {
            for (const auto &member : *object)
                consider(member.value);
        }
    }

    bool holds(const Logical &logical, const value &current)
    {
        const auto child
            = [&](const std::shared_ptr<const Logical> &c) { return holds(*c, current); };
        if (!spend())
            return false;
        switch (logical.kind) {
        case Logical::Kind::Or:
            return std::any_of(logical.children.begin(), logical.children.end(), child);
        case Logical::Kind::And:
            return std::all_of(logical.children.begin(), logical.children.end(), child);
        case Logical::Kind::Not:
            return !holds(*logical.children.front(), current);
        case Logical::Kind::Exists:
            return !run(std::get<Query>(logical.left), current).empty();
        case Logical::Kind::Test:
            return test(*std::get<std::shared_ptr<const Call>>(logical.left), current);
        case Logical::Kind::Compare:
            return compare(valueOf(logical.left, current), logical.comparison,
                           valueOf(logical.right, current));
        }
        return false;
    }

    Val valueOf(const Operand &operand, const value &current)
    {
        if (const auto *literal = std::get_if<value>(&operand))
            return {literal, std::nullopt};
        if (const auto *query = std::get_if<Query>(&operand)) {
            const Nodes nodes = run(*query, current);
            return {nodes.size() == 1 ? nodes.front() : nullptr, std::nullopt};
        }
        return call(*std::get<std::shared_ptr<const Call>>(operand), current);
    }

    Val call(const Call &call, const value &current)
    {
        const Operand &argument = call.arguments.front();
        if (call.function == Function::Length) {
            const Val v = valueOf(argument, current);
            return {nullptr, v.shared ? length(*v.shared) : std::nullopt};
        }
        const Nodes nodes = run(std::get<Query>(argument), current);
        if (call.function == Function::Count)
            return {nullptr, static_cast<std::int64_t>(nodes.size())};
        return {nodes.size() == 1 ? nodes.front() : nullptr, std::nullopt};
    }

    /// match() and search().
    bool test(const Call &call, const value &current)
    {
        const Val subject = valueOf(call.arguments[0], current);
        const Val regexp = valueOf(call.arguments[1], current);
        if (!subject.shared || !subject.shared->isString() || !regexp.shared
            || !regexp.shared->isString())
            return false;
        const std::string_view text = *subject.shared->ifString();
        std::shared_ptr<const Pattern> pattern = call.pattern;
        if (!std::holds_alternative<value>(call.arguments[1])) {
            if (!spend(100))
                return false;
            pattern
                = Pattern::compile(*regexp.shared->ifString(), call.function == Function::Match);
        }
        if (!pattern || m_exhausted)
            return false;
        const MatchVerdict verdict = pattern->match(text, m_budget);
        m_exhausted = m_exhausted || verdict == MatchVerdict::Undecided;
        return verdict == MatchVerdict::Yes;
    }

    /// RFC 9535 section 2.3.5.2.2.
    bool compare(const Val &left, Comparison comparison, const Val &right)
    {
        switch (comparison) {
        case Comparison::Equal:
            return equal(left, right);
        case Comparison::NotEqual:
            return !equal(left, right);
        case Comparison::Less:
            return less(left, right);
        case Comparison::Greater:
            return less(right, left);
        case Comparison::LessOrEqual:
            return less(left, right) || equal(left, right);
        case Comparison::GreaterOrEqual:
            return less(right, left) || equal(left, right);
        }
        return false;
    }

    /// Long numbers cost by their length.
    void spendOn(const Val &side)
    {
        if (const JsonNumber *number = side.shared ? side.shared->ifNumber() : nullptr)
            spend(number->text.size() / 32);
    }

    bool less(const Val &left, const Val &right)
    {
        spendOn(left);
        spendOn(right);
        if (const auto a = toNumber(left), b = toNumber(right); a && b)
            return *a < *b;
        if (!left.shared || !right.shared || !left.shared->isString() || !right.shared->isString())
            return false;
        return *left.shared->ifString() < *right.shared->ifString();
    }

    bool equal(const Val &left, const Val &right)
    {
        if (left.isNothing() || right.isNothing())
            return left.isNothing() && right.isNothing();
        spendOn(left);
        spendOn(right);
        if (const auto a = toNumber(left), b = toNumber(right); a && b)
            return *a == *b;
        return left.shared && right.shared && deepEqual(*left.shared, *right.shared);
    }

    /// Numbers by value (1 and 1.0 are equal), objects whatever their order; a stack instead of
    /// recursion.
    bool deepEqual(const value &a, const value &b)
    {
        std::vector<std::pair<const value *, const value *>> stack{{&a, &b}};
        while (!stack.empty()) {
            const auto [left, right] = stack.back();
            stack.pop_back();
            if (!spend())
                return false;
            if (const auto x = toNumber(*left), y = toNumber(*right); x && y) {
                if (*x != *y)
                    return false;
                continue;
            }
            if (left->kind() != right->kind())
                return false;
            if (const auto *array = left->ifArray()) {
                const auto &other = *right->ifArray();
                if (array->size() != other.size())
                    return false;
                for (std::size_t i = 0; i < array->size(); ++i)
                    stack.emplace_back(&(*array)[i], &other[i]);
            } else if (const auto *object = left->ifObject()) {
                const auto &other = *right->ifObject();
                if (object->size() != other.size())
                    return false;
                for (const auto &member : *object) {
                    const value *twin = other.find(member.name);
                    if (!twin)
                        return false;
                    stack.emplace_back(&member.value, twin);
                }
            } else if (*left != *right) {
                return false;
            }
        }
        return true;
    }

    const value &m_root;
    WorkBudget &m_budget;
    bool m_exhausted = false;
};

} // namespace

Result<Nodes> evaluate(const Query &query, const value &root, WorkBudget &budget)
{
    Evaluator evaluator(root, budget);
    Nodes nodes = evaluator.run(query, root);
    if (evaluator.exhausted()) {
        return Error{ErrorCode::Limit,
                     "the JSONPath takes more work on this document than a condition may",
                     {}};
    }
    return nodes;
}

} // namespace understudy::json_path
