// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/formats/mountebank/answer_export.h"
#include "core/formats/mountebank/js_pattern.h"
#include "core/formats/template_tags.h"
#include "core/model/fault_catalogue.h"

#include <algorithm>
#include <array>

namespace understudy::formats::mountebank {

namespace {

class BehaviourCollector
{
public:
    explicit BehaviourCollector(ResponseScope &scope)
        : m_scope(scope)
    {}

    void add(const Behaviour &behaviour)
    {
        if (behaviour.latency.connect || behaviour.latency.body)
            m_scope.report.noWord("latency of connections and bodies");
        if (behaviour.latency.head) {
            if (const auto *fixed = std::get_if<FixedLatency>(&*behaviour.latency.head))
                out.wait += inMilliseconds(fixed->value);
            else
                m_scope.report.noWord("a latency that is drawn");
        }
        if (behaviour.throttle)
            m_scope.report.noWord("a throttle");
        for (const Fault &one : behaviour.faults)
            fault(one);
    }

    WrittenBehaviour out;

private:
    void fault(const Fault &fault)
    {
        const bool isClose = fault.kind == FaultKind::Close || fault.kind == FaultKind::Reset;
        if (!replacesEveryAnswer(fault) || !out.fault.empty()
            || (!isClose && fault.kind != FaultKind::Garbage)) {
            m_scope.report.noWord("the fault '" + std::string(faultKindName(fault.kind))
                                  + "' as it is here");
            return;
        }
        if (fault.kind == FaultKind::Reset)
            m_scope.report.changed("mountebank closes the connection and does not reset it");
        out.fault = isClose ? "CONNECTION_RESET_BY_PEER" : "RANDOM_DATA_THEN_CLOSE";
    }

    ResponseScope &m_scope;
};

JsonObject copyOf(JsonValue from, std::string token, std::string_view method, std::string selector)
{
    return {
        {"from", std::move(from)},
        {"into", std::move(token)},
        {"using", JsonObject{{"method", std::string(method)}, {"selector", std::move(selector)}}}};
}

/// A value of the request in the words of a template.
std::optional<JsonValue> sourceOf(std::string_view variable)
{
    if (variable == "request.path" || variable == "request.method" || variable == "request.body")
        return JsonValue(variable.substr(variable.find('.') + 1));
    if (variable == "request.clientIp")
        return JsonValue("ip");
    constexpr std::string_view kQuery = "request.query.";
    constexpr std::string_view kHeader = "request.headers.";
    constexpr std::string_view kFirst = ".first";
    if (variable.starts_with(kQuery)) {
        variable.remove_prefix(kQuery.size());
        if (variable.ends_with(kFirst))
            variable.remove_suffix(kFirst.size());
        return JsonValue(JsonObject{{"query", variable}});
    }
    if (variable.starts_with(kHeader))
        return JsonValue(JsonObject{{"headers", variable.substr(kHeader.size())}});
    return std::nullopt;
}

/// A literal at the beginning of what is left of a tag; nothing where there is none.
std::optional<std::string> takeLiteral(std::string_view &rest)
{
    rest = text::trim(rest);
    const char quote = rest.empty() ? '\0' : rest.front();
    const std::size_t end = quote == '\'' || quote == '"' ? rest.find(quote, 1) : rest.npos;
    if (end == std::string_view::npos)
        return std::nullopt;
    std::string out(rest.substr(1, end - 1));
    rest = text::trim(rest.substr(end + 1));
    return out;
}

/// What an import makes of a copy: {{regexExtract request.path '\d+' default='${CODE}'}}.
std::optional<JsonObject> extraction(std::string_view tag)
{
    const std::size_t blank = tag.find(' ');
    const std::string_view helper = tag.substr(0, blank);
    if (blank == std::string_view::npos || (helper != "regexExtract" && helper != "jsonPath"))
        return std::nullopt;
    std::string_view rest = text::trim(tag.substr(blank));
    const std::size_t end = std::min(rest.find(' '), rest.size());
    auto from = sourceOf(rest.substr(0, end));
    rest = rest.substr(end);
    auto selector = takeLiteral(rest);
    constexpr std::string_view kDefault = "default=";
    if (!from || !selector || !rest.starts_with(kDefault))
        return std::nullopt;
    rest.remove_prefix(kDefault.size());
    auto token = takeLiteral(rest);
    if (!token || !rest.empty())
        return std::nullopt;
    if (helper == "jsonPath")
        return copyOf(*std::move(from), *std::move(token), "jsonpath", *std::move(selector));
    auto pattern = toJsPattern(*selector);
    if (!pattern)
        return std::nullopt;
    JsonObject out = copyOf(*std::move(from), *std::move(token), "regex", std::move(pattern->text));
    if (pattern->ignoreCase)
        out.mutableFind("using")->ifObject()->set("options", JsonObject{{"ignoreCase", true}});
    return out;
}

/// One of our values alone.
std::optional<JsonObject> valueCopy(std::string_view tag)
{
    constexpr std::string_view kBody = "body.";
    const bool isWord = tag.find_first_of(" ()#/>&!'\"") == std::string_view::npos;
    if (!isWord)
        return std::nullopt;
    const std::string token = "${" + std::string(tag) + '}';
    if (tag.starts_with(kBody)) {
        return copyOf("body", token, "jsonpath", dotPathAsJsonPath(tag.substr(kBody.size())));
    }
    constexpr std::string_view kAll = "[\\s\\S]+";
    if (tag == "method" || tag == "raw" || tag == "body" || tag == "client")
        return copyOf(tag == "method"   ? "method"
                      : tag == "client" ? "ip"
                                        : "body",
                      token, "regex", std::string(kAll));
    constexpr std::array kNamed{TagName{"query.", "query"}, TagName{"header.", "headers"}};
    if (const auto named = findTag(tag, kNamed))
        return copyOf(JsonObject{{std::string(named->theirs), named->name}}, token, "regex",
                      std::string(kAll));
    return std::nullopt;
}

} // namespace

WrittenBehaviour behaviourOf(const Response &response, ResponseScope &scope)
{
    BehaviourCollector collector(scope);
    forEachBehaviour(response, scope,
                     [&](const Behaviour &behaviour) { collector.add(behaviour); });
    return std::move(collector.out);
}

std::string withTokens(const std::string &text, Dialect dialect, JsonArray &copies,
                       ResponseScope &scope)
{
    std::string out;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t open = text.find("{{", at);
        const std::size_t close = open == text.npos ? text.npos : text.find("}}", open);
        if (close == text.npos)
            break;
        out.append(text, at, open - at);
        // Braces that mean nothing have a backslash before them.
        if (out.ends_with('\\')) {
            out.back() = '{';
            out += '{';
            at = open + 2;
            continue;
        }
        const std::string_view tag
            = text::trim(std::string_view(text).substr(open + 2, close - open - 2));
        auto copy = dialect == Dialect::WireMock ? extraction(tag)
                    : dialect == Dialect::Native ? valueCopy(tag)
                                                 : std::nullopt;
        if (copy) {
            out += *copy->find("into")->ifString();
            const JsonValue one(*std::move(copy));
            if (std::find(copies.begin(), copies.end(), one) == copies.end())
                copies.push_back(one);
        } else {
            scope.report.noWord("the template {{" + std::string(tag) + "}}",
                                "it is written as it stands");
            out.append(text, open, close + 2 - open);
        }
        at = close + 2;
    }
    return out.append(text, at);
}

} // namespace understudy::formats::mountebank
