// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mountebank/fields.h"

#include "core/base/text.h"
#include "core/formats/as_pattern.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/rule_parts.h"
#include "core/http/header_list.h"
#include "core/http/uri.h"

#include <algorithm>

namespace understudy::formats::mountebank {

namespace {

using Kind = RuleTarget::Kind;

constexpr std::string_view kMapped = "::ffff:";

/// An address of IPv4 as a socket for both versions has it, and as ours has it.
Node withoutMapping(const Node &expected)
{
    Node out = expected;
    for (std::size_t at = out.text.find(kMapped); at != std::string::npos;
         at = out.text.find(kMapped))
        out.text.erase(at, kMapped.size());
    return out;
}

Rule compareClient(std::string_view field, Comparison comparison, const Node &expected,
                   const Parameters &parameters, StubScope &scope)
{
    const bool isWhole = comparison == Comparison::Equals || comparison == Comparison::DeepEquals;
    if (field == "requestFrom" && (isWhole || comparison == Comparison::EndsWith)) {
        scope.switchOff("the port of a client has no word here", expected.start);
        return never();
    }
    if (field == "requestFrom")
        scope.changedOnce("'requestFrom' is compared with the client's address, without its port",
                          expected.start);
    const Node own = withoutMapping(expected);
    if (own.text != expected.text)
        scope.changedOnce("addresses of clients are written without '::ffff:' here",
                          expected.start);
    return compareValue({Kind::Client, {}, {}}, comparison, own, parameters, scope);
}

/// Names of parameters, of fields and of headers.
std::vector<Rule> compareNamed(Kind kind, Comparison comparison, const Node &expected,
                               const Parameters &parameters, StubScope &scope)
{
    std::vector<Rule> rules;
    for (std::size_t i = 0; i < expected.keys.size(); ++i) {
        const Node::Key &name = expected.keys[i];
        const Node &value = expected.items[i];
        const RuleTarget target{kind, name.text, {}};
        if (name.text.empty() || (kind == Kind::Header && !http::isToken(name.text))) {
            scope.switchOff(text::inQuotes(recorded::oneLine(name.text)) + " is no name", name.at);
            continue;
        }
        if (value.isMap()) {
            scope.switchOff("an object where " + text::inQuotes(recorded::oneLine(name.text))
                                + " has a text",
                            value.start);
            continue;
        }
        if (value.isScalar())
            rules.push_back(compareValue(target, comparison, value, parameters, scope));
        // Each of a list is some value of the request.
        for (const Node &one : value.items) {
            if (one.isScalar())
                rules.push_back(compareValue(target, comparison, one, parameters, scope));
            else
                scope.switchOff("a list in a list of values", one.start);
        }
        if (kind != Kind::Header && parameters.keysInAnyCase)
            scope.changedOnce("names of query parameters and form fields are compared in their "
                              "case here",
                              name.at);
        if (kind == Kind::Header && !parameters.keysInAnyCase)
            scope.changedOnce("names of headers are the same in any case here, 'caseSensitive' "
                              "counts for their values alone",
                              name.at);
    }
    return rules;
}

Rule isForm()
{
    return leaf({Kind::Header, "Content-Type", {}}, RuleOperator::Matches,
                R"(^\s*application/x-www-form-urlencoded\s*(?:;|$))");
}

Rule compareNames(Kind kind, Comparison comparison, const Node &expected,
                  const Parameters &parameters, StubScope &scope)
{
    if (expected.isScalar() && comparison == Comparison::Exists) {
        const bool wanted = expected.text != "false";
        if (kind == Kind::Form)
            return wanted ? isForm() : opposite(isForm());
        return wanted ? always() : never();
    }
    if (!expected.isMap()) {
        scope.notes.changed(scope.subject,
                            "a text is never the same as all parameters, fields or headers: the "
                            "predicate never holds",
                            expected.start);
        return never();
    }
    std::vector<Rule> rules = compareNamed(kind, comparison, expected, parameters, scope);
    if (kind == Kind::Form && expected.keys.empty())
        rules = {isForm()};
    if (comparison == Comparison::DeepEquals && kind == Kind::Header)
        scope.notes.changed(scope.subject,
                            "'deepEquals' of headers does not ask here that there are no others",
                            expected.start);
    if (comparison == Comparison::DeepEquals && kind != Kind::Header)
        rules.push_back(onlyTheseNames({kind == Kind::Query ? Kind::Url : Kind::Body, {}, {}},
                                       expected, parameters));
    return rules.empty() ? always() : allOf(std::move(rules));
}

/// A path of a URL is compared as it was sent there, decoded here.
Node decodedPath(const Node &expected)
{
    Node out = expected;
    if (out.text.find('%') != std::string::npos && text::isUtf8(http::percentDecode(out.text)))
        out.text = http::percentDecode(out.text);
    return out;
}

} // namespace

bool isNeverSent(std::string_view path)
{
    return std::any_of(path.begin(), path.end(), [](char c) {
        const auto code = static_cast<unsigned char>(c);
        return code <= ' ' || code >= 0x7F
               || std::string_view("\"#<>?\\`{}").find(c) != std::string_view::npos;
    });
}

Rule onlyTheseNames(const RuleTarget &whole, const Node &expected, const Parameters &parameters)
{
    std::string names;
    std::size_t count = 0;
    for (std::size_t i = 0; i < expected.keys.size(); ++i) {
        const std::string &name = expected.keys[i].text;
        const std::string sent = http::percentEncode(name);
        names += (names.empty() ? "" : "|") + asPattern(name);
        if (sent != name)
            names += '|' + asPattern(sent);
        count += expected.items[i].isList() ? expected.items[i].items.size() : 1;
    }
    const bool isUrl = whole.kind == Kind::Url;
    std::string pattern = parameters.caseSensitive ? "" : "(?i)";
    pattern += isUrl ? "^[^?]*" : "^";
    if (count == 0)
        pattern += isUrl ? "\\??\\z" : "\\z";
    else
        pattern += std::string(isUrl ? "\\?" : "") + "(?:(?:" + names + ")(?:=[^&]*)?(?:&|\\z)){"
                   + std::to_string(std::min<std::size_t>(count, 1'000)) + "}\\z";
    return leaf(whole, RuleOperator::Matches, std::move(pattern));
}

namespace {

Rule fieldRule(std::string_view field, Comparison comparison, const Node &expected,
               const Parameters &parameters, StubScope &scope)
{
    const bool selects = parameters.jsonPath || parameters.xPath;
    if (field == "body")
        return compareBody(comparison, expected, parameters, scope);
    if (selects) {
        scope.switchOff("a selector has a word here for the body alone, not for "
                            + text::inQuotes(recorded::oneLine(std::string(field))),
                        expected.start);
        return never();
    }
    if (field == "query")
        return compareNames(Kind::Query, comparison, expected, parameters, scope);
    if (field == "headers")
        return compareNames(Kind::Header, comparison, expected, parameters, scope);
    if (field == "form")
        return compareNames(Kind::Form, comparison, expected, parameters, scope);
    const bool isClient = field == "ip" || field == "requestFrom";
    const bool isKnown = isClient || field == "method" || field == "path";
    if (!expected.isScalar() || !isKnown) {
        scope.notes.changed(scope.subject,
                            isKnown ? text::inQuotes(recorded::oneLine(std::string(field)))
                                          + " is a text: the predicate never holds"
                                    : "a request has no "
                                          + text::inQuotes(recorded::oneLine(std::string(field)))
                                          + ": it counts as empty",
                            expected.start);
        const bool isNothing
            = expected.isScalar()
              && (expected.text.empty()
                  || (comparison == Comparison::Exists && expected.text == "false"));
        return !isKnown && isNothing ? always() : never();
    }
    if (isClient)
        return compareClient(field, comparison, expected, parameters, scope);
    if (comparison == Comparison::Exists)
        return expected.text == "false" ? never() : always();
    if (field == "method")
        return compareValue({Kind::Method, {}, {}}, comparison, expected, parameters, scope);
    if (comparison != Comparison::Matches && isNeverSent(expected.text)) {
        scope.notes.changed(scope.subject,
                            "paths are compared as they are sent, with blanks, quotes, braces and "
                            "letters beyond ASCII percent-encoded: the predicate never holds, as "
                            "in mountebank",
                            expected.start);
        return never();
    }
    return compareValue({Kind::Path, {}, {}}, comparison, decodedPath(expected), parameters, scope);
}

} // namespace

Rule compareField(std::string_view field, Comparison comparison, const Node &expected,
                  const Parameters &parameters, StubScope &scope)
{
    Rule rule = fieldRule(field, comparison, expected, parameters, scope);
    if (!rule.origin.isKnown())
        rule.origin = {expected.start.line, expected.start.column};
    return rule;
}

} // namespace understudy::formats::mountebank
