// SPDX-License-Identifier: Apache-2.0
#include "core/formats/wiremock/multipart.h"

#include "core/base/text.h"
#include "core/formats/rule_parts.h"
#include "core/formats/wiremock/matchers.h"

namespace understudy::formats::wiremock {

namespace {

using Kind = RuleTarget::Kind;

/// The name in `Content-Disposition: {"contains": "name=\"info\""}`.
std::string nameInDisposition(const Node &matcher)
{
    std::string written = textIn(matcher, "contains");
    if (written.empty())
        written = textIn(matcher, "equalTo");
    const std::size_t at = written.find("name=\"");
    if (at == std::string::npos || (at > 0 && written[at - 1] == 'e')) // not filename=
        return {};
    const std::size_t begin = at + 6;
    return written.substr(begin, written.find('"', begin) - begin);
}

std::string nameOf(const Node &pattern)
{
    if (std::string name = textIn(pattern, "name"); !name.empty())
        return name;
    const Node *headers = member(pattern, "headers");
    for (std::size_t i = 0; headers && headers->isMap() && i < headers->keys.size(); ++i) {
        if (text::equalsIgnoreCase(headers->keys[i].text, "Content-Disposition"))
            return nameInDisposition(headers->items[i]);
    }
    return {};
}

void onePart(const Node &pattern, std::vector<Rule> &rules, StubScope &scope)
{
    const std::string name = nameOf(pattern);
    if (name.empty()) {
        scope.notes.notServed(scope.subject,
                              "a multipart pattern that names no part is not compared: any "
                              "multipart request will do",
                              pattern.start);
        rules.push_back(leaf(Kind::Header, "Content-Type", RuleOperator::StartsWith, "multipart/"));
        return;
    }
    if (textIn(pattern, "matchingType") == "ALL")
        scope.notes.changed(scope.subject,
                            "'matchingType: ALL' is asked of the part '" + name + "' alone",
                            pattern.start);
    rules.push_back(leaf(Kind::Part, name, RuleOperator::Absent, false));
    const Node *headers = member(pattern, "headers");
    for (std::size_t i = 0; headers && headers->isMap() && i < headers->keys.size(); ++i) {
        const std::string &header = headers->keys[i].text;
        // The name found the part.
        if (text::equalsIgnoreCase(header, "Content-Disposition")
            && nameInDisposition(headers->items[i]) == name)
            continue;
        std::string expression = "{{request.parts.";
        expression.append(name).append(".headers.").append(header).append("}}");
        const RuleTarget target{Kind::Expression, std::move(expression), "wiremock"};
        if (auto rule = translateMatcher(target, headers->items[i], scope))
            rules.push_back(*std::move(rule));
    }
    const Node *bodies = member(pattern, "bodyPatterns");
    for (std::size_t i = 0; bodies && i < bodies->items.size(); ++i) {
        if (auto rule = translateMatcher({Kind::Part, name, {}}, bodies->items[i], scope))
            rules.push_back(*std::move(rule));
    }
}

} // namespace

void multipart(const Node &request, std::vector<Rule> &rules, StubScope &scope)
{
    const Node *patterns = member(request, "multipartPatterns");
    for (std::size_t i = 0; patterns && i < patterns->items.size(); ++i)
        onePart(patterns->items[i], rules, scope);
}

} // namespace understudy::formats::wiremock
