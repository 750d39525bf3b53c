// SPDX-License-Identifier: Apache-2.0
#include "core/formats/wiremock/url.h"

#include "core/formats/as_pattern.h"
#include "core/formats/rule_parts.h"
#include "core/formats/wiremock/matchers.h"

#include <algorithm>
#include <array>

namespace understudy::formats::wiremock {

namespace {

constexpr std::string_view kAnyPath = "regex:.*";

/// A path as ours writes it where every character stands for itself.
std::string literalPath(std::string_view path)
{
    std::string out;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const char c = path[i];
        if (c == '{')
            out += "%7B";
        else if (c == '}')
            out += "%7D";
        else if (c == '*' && i > 0 && path[i - 1] == '/'
                 && (i + 1 == path.size() || path[i + 1] == '/'))
            out += "%2A"; // alone in its segment it would be a wildcard
        else
            out += c;
    }
    return out;
}

UrlPattern noUrl(const Node &value, StubScope &scope)
{
    scope.notes.notServed(scope.subject,
                          "'" + value.text
                              + "' does not begin with a slash, so that no request is like that",
                          value.start);
    UrlPattern out;
    out.path = "/" + literalPath(value.text);
    out.isServed = false;
    return out;
}

Rule urlRule(RuleOperator op, std::string value)
{
    return leaf(RuleTarget::Kind::Url, {}, op, std::move(value));
}

/// Path and query as they are sent.
UrlPattern exactUrl(const Node &value, StubScope &scope)
{
    if (!value.text.starts_with('/'))
        return noUrl(value, scope);
    std::string url = value.text.substr(0, value.text.find('#'));
    if (url.ends_with('?'))
        url.pop_back();
    UrlPattern out;
    out.path = literalPath(std::string_view(url).substr(0, url.find('?')));
    out.rules.push_back(urlRule(RuleOperator::Equals, std::move(url)));
    return out;
}

UrlPattern urlRegex(const Node &value, StubScope &scope)
{
    noteIntersection(value, scope);
    if (isPlainPattern(value.text))
        return exactUrl(value, scope);
    UrlPattern out;
    out.path = kAnyPath;
    out.rules.push_back(urlRule(RuleOperator::Matches, wholeMatch(value.text)));
    return out;
}

UrlPattern exactPath(const Node &value, StubScope &scope)
{
    if (!value.text.starts_with('/'))
        return noUrl(value, scope);
    UrlPattern out;
    out.path = literalPath(value.text);
    return out;
}

UrlPattern pathRegex(const Node &value, StubScope &scope)
{
    noteIntersection(value, scope);
    if (isPlainPattern(value.text))
        return exactPath(value, scope);
    UrlPattern out;
    out.path = "regex:" + value.text;
    return out;
}

/// `{var}` is a segment or a part of one, `**` any text.
UrlPattern pathTemplate(const Node &value, StubScope &scope)
{
    if (!value.text.starts_with('/'))
        return noUrl(value, scope);
    const std::string_view text = value.text;
    std::string asPath;
    std::string asRegex;
    std::size_t inSegment = 0; ///< variables of the segment
    bool needsRegex = false;
    std::size_t wildcards = 0;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t close = text[i] == '{' ? text.find('}', i) : std::string_view::npos;
        if (close != std::string_view::npos) {
            const std::string_view written = text.substr(i + 1, close - i - 1);
            needsRegex |= ++inSegment > 1;
            asPath.append("{").append(variableName(written)).append("}");
            asRegex.append("(?<").append(groupName(written)).append(">[^/]+)");
            i = close + 1;
        } else if (text.substr(i, 2) == "**") {
            needsRegex = true;
            asRegex += "(?<wildcard" + std::to_string(++wildcards) + ">.*?)";
            i += 2;
        } else {
            inSegment = text[i] == '/' ? 0 : inSegment;
            asPath += text[i] == '*' ? "%2A" : std::string(1, text[i]);
            asRegex += asPattern(text.substr(i, 1));
            ++i;
        }
    }
    UrlPattern out;
    out.path = needsRegex ? "regex:" + asRegex : asPath;
    return out;
}

struct UrlRow
{
    std::string_view key;
    UrlPattern (*translate)(const Node &value, StubScope &scope);
};

constexpr std::array kUrls{
    UrlRow{"url", exactUrl},
    UrlRow{"urlPattern", urlRegex},
    UrlRow{"urlPath", exactPath},
    UrlRow{"urlPathPattern", pathRegex},
    UrlRow{"urlPathTemplate", pathTemplate},
};

} // namespace

std::string variableName(std::string_view written)
{
    std::string name;
    for (const char c : written) {
        const bool isWord
            = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
        if (isWord)
            name += c;
    }
    return name.empty() ? "value" : name;
}

std::string groupName(std::string_view written)
{
    std::string name = variableName(written);
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

UrlPattern translateUrl(const Node &request, StubScope &scope)
{
    for (const UrlRow &row : kUrls) {
        const Node *value = member(request, row.key);
        if (!value || !value->isScalar())
            continue;
        UrlPattern out = row.translate(*value, scope);
        out.label = value->text;
        return out;
    }
    UrlPattern out;
    out.path = kAnyPath;
    return out;
}

} // namespace understudy::formats::wiremock
