// SPDX-License-Identifier: Apache-2.0
#include "core/formats/wiremock/rule_export.h"

#include "core/base/text.h"
#include "core/formats/wiremock/matcher_export.h"
#include "core/model/operator_catalogue.h"

#include <algorithm>

namespace understudy::formats::wiremock {

namespace {

using Kind = RuleTarget::Kind;
using Alternatives = std::vector<Conjunction>;

constexpr std::size_t kMostStubs = 64; ///< of one response

/// Writes a rule in disjunctive form: alternatives of terms.
class RuleWriter
{
public:
    explicit RuleWriter(std::string &why)
        : m_why(why)
    {}

    std::optional<Alternatives> write(const Rule &rule, bool negated)
    {
        if (const auto *group = std::get_if<RuleGroup>(&rule.node))
            return writeGroup(*group, negated);
        return writeLeaf(std::get<RuleLeaf>(rule.node), negated);
    }

private:
    std::optional<Alternatives> writeLeaf(const RuleLeaf &leaf, bool negated)
    {
        Conjunction all;
        for (const Condition &condition : leaf.conditions) {
            if (isPresence(leaf) && condition.negated)
                continue;
            auto matcher = matcherOf(leaf.target, condition);
            if (!matcher) {
                m_why = "'" + ruleTargetText(leaf.target) + "' with '"
                        + std::string(operatorTraits(condition.op).name) + "'";
                return std::nullopt;
            }
            if (negated)
                matcher = negationOf(*std::move(matcher));
            all.push_back({leaf.target, *std::move(matcher)});
        }
        if (!negated)
            return Alternatives{std::move(all)};
        Alternatives any;
        for (Term &term : all)
            any.push_back({std::move(term)});
        return any;
    }

    /// A JSONPath that leads to something: what an import makes of the simple form, which also asks
    /// that it is not null, an empty list or an empty object.
    static bool isPresence(const RuleLeaf &leaf)
    {
        return leaf.target.kind == Kind::BodyJsonPath && leaf.conditions.size() == 4
               && leaf.conditions.front().op == RuleOperator::Absent
               && std::all_of(
                   leaf.conditions.begin() + 1, leaf.conditions.end(),
                   [](const Condition &c) { return c.negated && c.op == RuleOperator::Json; });
    }

    std::optional<Alternatives> writeGroup(const RuleGroup &group, bool negated)
    {
        // De Morgan: none is all of the opposites, and so on.
        const bool inner = negated != (group.kind == RuleGroup::Kind::None);
        const bool isAny
            = negated ? group.kind != RuleGroup::Kind::Any : group.kind == RuleGroup::Kind::Any;
        return isAny ? writeAny(group.rules, inner) : writeAll(group.rules, inner);
    }

    std::optional<Alternatives> writeAny(const std::vector<Rule> &rules, bool negated)
    {
        Alternatives out;
        for (const Rule &rule : rules) {
            auto one = write(rule, negated);
            if (!one)
                return std::nullopt;
            std::move(one->begin(), one->end(), std::back_inserter(out));
        }
        if (!fits(out.size()))
            return std::nullopt;
        joinAlike(out);
        return out;
    }

    std::optional<Alternatives> writeAll(const std::vector<Rule> &rules, bool negated)
    {
        Alternatives out{{}};
        for (const Rule &rule : rules) {
            const auto one = write(rule, negated);
            if (!one || !fits(out.size() * one->size()))
                return std::nullopt;
            Alternatives product;
            for (const Conjunction &left : out) {
                for (const Conjunction &right : *one) {
                    product.push_back(left);
                    product.back().insert(product.back().end(), right.begin(), right.end());
                }
            }
            out = std::move(product);
        }
        return out;
    }

    /// Alternatives of one target are one matcher.
    static void joinAlike(Alternatives &any)
    {
        const bool isOneTarget
            = any.size() > 1 && std::all_of(any.begin(), any.end(), [&](const Conjunction &c) {
                  return c.size() == 1 && c.front().target == any.front().front().target;
              });
        if (!isOneTarget)
            return;
        JsonArray choices;
        for (Conjunction &one : any)
            choices.emplace_back(std::move(one.front().matcher));
        any = {{{any.front().front().target, JsonObject{{"or", std::move(choices)}}}}};
    }

    bool fits(std::size_t stubs)
    {
        if (stubs <= kMostStubs)
            return true;
        m_why = "a rule that needs more than " + std::to_string(kMostStubs) + " stubs";
        return false;
    }

    std::string &m_why;
};

/// It holds for a value that is missing.
bool holdsForNone(const JsonValue &matcher)
{
    const JsonObject *object = matcher.ifObject();
    return object
           && (object->contains("absent") || object->contains("not")
               || object->contains("doesNotContain") || object->contains("doesNotMatch"));
}

/// Adds a matcher for a name; several are joined: each has to hold for some value of the name,
/// which is what `includes` asks, but not of one that is missing.
void addNamed(JsonObject &pattern, std::string_view key, const std::string &name,
              const JsonObject &matcher)
{
    if (!pattern.contains(key))
        pattern.set(key, JsonObject());
    JsonObject &names = *pattern.mutableFind(key)->ifObject();
    JsonValue *before = names.mutableFind(name);
    if (!before) {
        names.set(name, matcher);
        return;
    }
    const bool isOneValue = key == "cookies" || key == "pathParameters";
    const std::string_view joint
        = isOneValue || holdsForNone(*before) || holdsForNone(matcher) ? "and" : "includes";
    JsonObject *object = before->ifObject();
    JsonValue *all = object ? object->mutableFind(joint) : nullptr;
    if (all && all->isArray())
        all->ifArray()->emplace_back(matcher);
    else
        *before = JsonObject{{std::string(joint), JsonArray{*before, matcher}}};
}

void addTo(JsonObject &pattern, std::string_view key, JsonValue value)
{
    if (!pattern.contains(key))
        pattern.set(key, JsonArray());
    pattern.mutableFind(key)->ifArray()->push_back(std::move(value));
}

/// What was found by a path has a matcher of its own; that it is there is the simple form.
JsonObject foundBy(std::string_view key, const std::string &expression, const JsonObject &matcher)
{
    const JsonValue *inner = matcher.find("not");
    const bool isPresence = inner && inner->isObject() && inner->ifObject()->contains("absent");
    if (isPresence)
        return JsonObject{{std::string(key), expression}};
    std::vector<JsonMember> members{{"expression", expression}};
    for (const JsonMember &member : matcher)
        members.push_back(member);
    return JsonObject{{std::string(key), JsonObject::of(std::move(members))}};
}

/// Elements are compared by their text here, by their markup there.
std::string textPath(const std::string &path)
{
    const std::size_t step = path.rfind('/');
    const bool isElement = step != std::string::npos && !path.ends_with(')') && !path.ends_with(']')
                           && path.compare(step, 2, "/@") != 0;
    return isElement ? path + "/text()" : path;
}

bool setOnce(JsonObject &pattern, std::string_view key, const JsonValue *value)
{
    if (!value || pattern.contains(key))
        return false;
    pattern.set(key, *value);
    return true;
}

bool placeUrl(const JsonObject &matcher, JsonObject &pattern)
{
    const JsonValue *equal = matcher.find("equalTo");
    const JsonValue *regex = matcher.find("matches");
    if ((!equal && !regex) || matcher.contains("caseInsensitive"))
        return false;
    // The URL says all of the path, or the path says nothing.
    const JsonValue *any = pattern.find("urlPattern");
    const JsonValue *path = pattern.find("urlPath");
    const std::string *whole = equal ? equal->ifString() : nullptr;
    if (any && *any == JsonValue(".*"))
        pattern.erase("urlPattern");
    else if (whole && path && *path == JsonValue(whole->substr(0, whole->find('?'))))
        pattern.erase("urlPath");
    else
        return false;
    return equal ? setOnce(pattern, "url", equal) : setOnce(pattern, "urlPattern", regex);
}

bool placePart(const std::string &name, const JsonObject &matcher, JsonObject &pattern)
{
    const JsonValue *inner = matcher.find("not");
    const bool isPresence = inner && inner->isObject() && inner->ifObject()->contains("absent");
    JsonObject part{{"name", name},
                    {"headers", JsonObject{{"Content-Disposition",
                                            JsonObject{{"contains", "name=\"" + name + '"'}}}}}};
    if (!isPresence)
        part.set("bodyPatterns", JsonArray{JsonValue(matcher)});
    addTo(pattern, "multipartPatterns", std::move(part));
    return true;
}

/// The rules that an import makes of headers of parts.
bool placeExpression(const RuleTarget &target, const JsonObject &matcher, JsonObject &pattern)
{
    constexpr std::string_view kBegin = "{{request.parts.";
    constexpr std::string_view kHeaders = ".headers.";
    const std::string_view text = target.name;
    const std::size_t headers = text.find(kHeaders);
    if (target.path != "wiremock" || !text.starts_with(kBegin) || !text.ends_with("}}")
        || headers == std::string_view::npos)
        return false;
    const std::string name(text.substr(kBegin.size(), headers - kBegin.size()));
    const std::string header(
        text.substr(headers + kHeaders.size(), text.size() - headers - kHeaders.size() - 2));
    addTo(pattern, "multipartPatterns",
          JsonObject{{"name", name},
                     {"headers", JsonObject{{"Content-Disposition",
                                             JsonObject{{"contains", "name=\"" + name + '"'}}},
                                            {header, matcher}}}});
    return true;
}

} // namespace

std::optional<std::vector<Conjunction>> conjunctionsOf(const Rule &rule, std::string &why)
{
    return RuleWriter(why).write(rule, false);
}

bool placeTerm(const Term &term, JsonObject &pattern)
{
    const RuleTarget &target = term.target;
    const JsonValue whole(term.matcher);
    switch (target.kind) {
    case Kind::Query:
        addNamed(pattern, "queryParameters", target.name, term.matcher);
        return true;
    case Kind::Header:
        addNamed(pattern, "headers", target.name, term.matcher);
        return true;
    case Kind::Cookie:
        addNamed(pattern, "cookies", target.name, term.matcher);
        return true;
    case Kind::Form:
        addNamed(pattern, "formParameters", target.name, term.matcher);
        return true;
    case Kind::PathParameter:
        if (!pattern.contains("urlPathTemplate"))
            return false;
        addNamed(pattern, "pathParameters", target.name, term.matcher);
        return true;
    case Kind::Body:
        addTo(pattern, "bodyPatterns", term.matcher);
        return true;
    case Kind::BodyJsonPath:
        addTo(pattern, "bodyPatterns", foundBy("matchesJsonPath", target.name, term.matcher));
        return true;
    case Kind::BodyXPath:
        addTo(pattern, "bodyPatterns",
              foundBy("matchesXPath", textPath(target.name), term.matcher));
        return true;
    case Kind::Host:
        return setOnce(pattern, "host", &whole);
    case Kind::Client:
        return setOnce(pattern, "clientIp", &whole);
    case Kind::Scheme:
        return setOnce(pattern, "scheme", term.matcher.find("equalTo"));
    case Kind::Port:
        return setOnce(pattern, "port", term.matcher.find("equalTo"));
    case Kind::Url:
        return placeUrl(term.matcher, pattern);
    case Kind::Part:
        return placePart(target.name, term.matcher, pattern);
    case Kind::Expression:
        return placeExpression(target, term.matcher, pattern);
    default:
        return false;
    }
}

} // namespace understudy::formats::wiremock
