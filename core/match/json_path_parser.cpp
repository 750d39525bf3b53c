// SPDX-License-Identifier: Apache-2.0
#include "core/match/json_path_parser.h"

#include "core/match/json_path_functions.h"
#include "core/match/json_path_scanner.h"

#include <optional>
#include <string>

namespace understudy::json_path {

namespace {

/// Of brackets in filters in brackets; deeper than any query a person writes, shallower than any
/// stack.
constexpr int kMaxDepth = 64;

class Parser : private Scanner
{
public:
    explicit Parser(std::string_view text)
        : Scanner(text)
    {}

    Query parse()
    {
        if (peek() != '$')
            expected("'$' at the beginning");
        Query query = parseQuery();
        if (!atEnd())
            expected("'.', '..', '[' or the end");
        return query;
    }

private:
    /// Counts how deep the recursion is.
    class Level
    {
    public:
        explicit Level(Parser &parser)
            : m_parser(parser)
        {
            if (++m_parser.m_depth > kMaxDepth)
                throw Failure{ErrorCode::Limit, "filters and brackets are nested too deeply",
                              m_parser.m_at};
        }
        ~Level() { --m_parser.m_depth; }
        Level(const Level &) = delete;
        Level &operator=(const Level &) = delete;

    private:
        Parser &m_parser;
    };

    /// At `$` or `@`.
    Query parseQuery()
    {
        const Level level(*this);
        Query query;
        query.fromRoot = peek() == '$';
        ++m_at;
        while (true) {
            const std::size_t before = m_at;
            skipSpace();
            if (peek() != '.' && peek() != '[') {
                m_at = before;
                return query;
            }
            query.segments.push_back(parseSegment());
            query.singular = query.singular && isSingular(query.segments.back());
        }
    }

    static bool isSingular(const Segment &segment)
    {
        return !segment.descendant && segment.selectors.size() == 1
               && (std::holds_alternative<NameSelector>(segment.selectors.front())
                   || std::holds_alternative<IndexSelector>(segment.selectors.front()));
    }

    Segment parseSegment()
    {
        Segment segment;
        segment.descendant = take("..");
        if (peek() == '[') {
            parseBracketed(segment);
            return segment;
        }
        if (!segment.descendant)
            take(".");
        if (take("*"))
            segment.selectors.emplace_back(WildcardSelector{});
        else if (isNameFirst(peek()))
            segment.selectors.emplace_back(NameSelector{parseName()});
        else
            expected(segment.descendant ? "a name, '*' or '[' behind '..'"
                                        : "a name or '*' behind '.'");
        return segment;
    }

    std::string parseName()
    {
        const std::size_t from = m_at;
        while (isNameFirst(peek()) || isDigit(peek()))
            ++m_at;
        return std::string(taken(from));
    }

    void parseBracketed(Segment &segment)
    {
        take("[");
        do {
            skipSpace();
            segment.selectors.push_back(parseSelector());
            skipSpace();
        } while (take(","));
        if (!take("]"))
            expected("',' or ']'");
    }

    Selector parseSelector()
    {
        const char c = peek();
        if (c == '\'' || c == '"')
            return NameSelector{parseString()};
        if (take("*"))
            return WildcardSelector{};
        if (take("?")) {
            skipSpace();
            return FilterSelector{parseOr()};
        }
        if (isDigit(c) || c == '-' || c == ':')
            return parseIndexOrSlice();
        expected("a quoted name, a number, ':', '*' or '?'");
    }

    Selector parseIndexOrSlice()
    {
        std::optional<std::int64_t> first;
        if (peek() != ':')
            first = parseInteger();
        const std::size_t before = m_at;
        skipSpace();
        if (!take(":")) {
            m_at = before;
            return IndexSelector{*first};
        }
        SliceSelector slice;
        slice.start = first;
        slice.end = parseOptionalInteger();
        if (take(":"))
            slice.step = parseOptionalInteger().value_or(1);
        return slice;
    }

    /// With the white space around it.
    std::optional<std::int64_t> parseOptionalInteger()
    {
        skipSpace();
        std::optional<std::int64_t> out;
        if (isDigit(peek()) || peek() == '-')
            out = parseInteger();
        skipSpace();
        return out;
    }

    // Filters.

    using LogicalPtr = std::shared_ptr<const Logical>;

    LogicalPtr parseOr()
    {
        const Level level(*this);
        return parseChain(Logical::Kind::Or, "||", [this] {
            return parseChain(Logical::Kind::And, "&&", [this] { return parseBasic(); });
        });
    }

    template<class Parse>
    LogicalPtr parseChain(Logical::Kind kind, std::string_view sign, Parse parseChild)
    {
        auto chain = std::make_shared<Logical>();
        chain->kind = kind;
        while (true) {
            chain->children.push_back(parseChild());
            const std::size_t before = m_at;
            skipSpace();
            if (!take(sign)) {
                m_at = before;
                break;
            }
            skipSpace();
        }
        return chain->children.size() == 1 ? chain->children.front() : chain;
    }

    LogicalPtr parseBasic()
    {
        const bool negated = take("!");
        if (negated)
            skipSpace();
        LogicalPtr inner;
        if (take("(")) {
            skipSpace();
            inner = parseOr();
            skipSpace();
            if (!take(")"))
                expected("')', '&&' or '||'");
        } else {
            inner = parseComparisonOrTest(negated);
        }
        if (!negated)
            return inner;
        auto out = std::make_shared<Logical>();
        out->kind = Logical::Kind::Not;
        out->children.push_back(std::move(inner));
        return out;
    }

    LogicalPtr parseComparisonOrTest(bool testOnly)
    {
        const std::size_t from = m_at;
        auto out = std::make_shared<Logical>();
        out->left = parseOperand();
        const std::size_t before = m_at;
        skipSpace();
        const auto comparison = takeComparison();
        if (comparison) {
            if (testOnly)
                fail("expected brackets around a comparison that '!' negates", from);
            requireComparable(out->left, from);
            skipSpace();
            const std::size_t right = m_at;
            out->kind = Logical::Kind::Compare;
            out->comparison = *comparison;
            out->right = parseOperand();
            requireComparable(out->right, right);
            return out;
        }
        m_at = before;
        if (std::holds_alternative<JsonValue>(out->left)) {
            skipSpace();
            expected("a comparison behind a literal: ==, !=, <, <=, > or >=");
        }
        if (const auto *call = std::get_if<std::shared_ptr<const Call>>(&out->left)) {
            const Signature &signature = signatureOf((*call)->function);
            if (signature.result != Type::Logical)
                fail("expected a comparison: " + std::string(signature.name)
                         + "() yields a value, not true or false",
                     from);
            out->kind = Logical::Kind::Test;
        } else {
            out->kind = Logical::Kind::Exists;
        }
        return out;
    }

    std::optional<Comparison> takeComparison()
    {
        static constexpr std::pair<std::string_view, Comparison> kSigns[]
            = {{"==", Comparison::Equal},       {"!=", Comparison::NotEqual},
               {"<=", Comparison::LessOrEqual}, {">=", Comparison::GreaterOrEqual},
               {"<", Comparison::Less},         {">", Comparison::Greater}};
        for (const auto &[sign, comparison] : kSigns) {
            if (take(sign))
                return comparison;
        }
        return std::nullopt;
    }

    /// What a comparison or a parameter of the type Value accepts.
    void requireComparable(const Operand &operand, std::size_t at) const
    {
        if (const auto *query = std::get_if<Query>(&operand); query && !query->singular)
            fail("expected a query that selects one node at most: only names and indices", at);
        if (const auto *call = std::get_if<std::shared_ptr<const Call>>(&operand)) {
            const Signature &signature = signatureOf((*call)->function);
            if (signature.result != Type::Value)
                fail("expected a value: " + std::string(signature.name) + "() yields true or false",
                     at);
        }
    }

    Operand parseOperand()
    {
        const char c = peek();
        if (c == '$' || c == '@')
            return parseQuery();
        if (c == '\'' || c == '"')
            return JsonValue(std::string(parseString()));
        if (isDigit(c) || c == '-')
            return parseNumber();
        if (c >= 'a' && c <= 'z')
            return parseWord();
        expected("'@', '$', a literal, a function, '!' or '('");
    }

    /// true, false, null or a function.
    Operand parseWord()
    {
        const std::size_t from = m_at;
        while (isFunctionChar(peek()))
            ++m_at;
        const std::string_view word = taken(from);
        if (peek() == '(')
            return parseCall(word, from);
        if (word == "true" || word == "false")
            return JsonValue(word == "true");
        if (word == "null")
            return JsonValue(nullptr);
        fail("expected true, false, null or a function with its '('", from);
    }

    std::shared_ptr<const Call> parseCall(std::string_view name, std::size_t from)
    {
        const Level level(*this);
        const Signature *signature = findFunction(name);
        if (!signature)
            fail("expected one of the functions length, count, value, match and search", from);
        auto call = std::make_shared<Call>();
        call->function = signature->function;
        take("(");
        skipSpace();
        while (peek() != ')') {
            const std::size_t at = m_at;
            call->arguments.push_back(parseOperand());
            if (signature->parameter == Type::Value)
                requireComparable(call->arguments.back(), at);
            else if (!std::holds_alternative<Query>(call->arguments.back()))
                fail("expected a query as the argument of " + std::string(name) + "()", at);
            skipSpace();
            if (!take(","))
                break;
            skipSpace();
            if (peek() == ')')
                expected("an argument");
        }
        if (!take(")"))
            expected("',' or ')'");
        if (call->arguments.size() != signature->parameters)
            fail("expected " + std::to_string(signature->parameters) + " argument"
                     + (signature->parameters == 1 ? "" : "s") + " of " + std::string(name) + "()",
                 from);
        compilePattern(*call);
        return call;
    }

    static void compilePattern(Call &call)
    {
        if (call.function != Function::Match && call.function != Function::Search)
            return;
        const auto *literal = std::get_if<JsonValue>(&call.arguments[1]);
        const std::string *pattern = literal ? literal->ifString() : nullptr;
        if (pattern)
            call.pattern = Pattern::compile(*pattern, call.function == Function::Match);
    }

    int m_depth = 0;
};

} // namespace

Result<Query> parseQuery(std::string_view text)
{
    try {
        return Parser(text).parse();
    } catch (const Failure &failure) {
        const int column = columnOf(text, failure.offset);
        return Error{failure.code,
                     "JSONPath, column " + std::to_string(column) + ": " + failure.message,
                     {{}, 0, column}};
    }
}

} // namespace understudy::json_path
