// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/base/units.h"
#include "core/http/uri.h"
#include "core/traffic/filter_completion.h"
#include "core/traffic/filter_node.h"
#include "core/traffic/filter_properties.h"
#include "core/traffic/filter_range.h"
#include "core/traffic/filter_text.h"
#include "core/traffic/injected_latency.h"

#include <algorithm>
#include <array>
#include <optional>

namespace understudy::filter {

namespace {

using Node = TrafficFilter::Node;

enum class Key {
    Status,
    Method,
    Path,
    Server,
    Endpoint,
    Header,
    Body,
    RequestBody,
    ResponseBody,
    Duration,
    Size,
    RequestSize,
    ResponseSize,
    Is,
    Client,
    Mark,
    Since,
    Fault,
    Latency
};

struct KeyInfo
{
    std::string_view name;
    Key key;
    bool isList;
    bool takesRegex;
};

constexpr std::array kKeys{KeyInfo{"status", Key::Status, true, false},
                           KeyInfo{"method", Key::Method, true, false},
                           KeyInfo{"path", Key::Path, true, false},
                           KeyInfo{"server", Key::Server, true, false},
                           KeyInfo{"endpoint", Key::Endpoint, true, false},
                           KeyInfo{"header", Key::Header, false, false},
                           KeyInfo{"body", Key::Body, false, true},
                           KeyInfo{"reqbody", Key::RequestBody, false, true},
                           KeyInfo{"respbody", Key::ResponseBody, false, true},
                           KeyInfo{"dur", Key::Duration, true, false},
                           KeyInfo{"size", Key::Size, true, false},
                           KeyInfo{"reqsize", Key::RequestSize, true, false},
                           KeyInfo{"respsize", Key::ResponseSize, true, false},
                           KeyInfo{"is", Key::Is, true, false},
                           KeyInfo{"client", Key::Client, true, false},
                           KeyInfo{"mark", Key::Mark, true, false},
                           KeyInfo{"since", Key::Since, false, false},
                           KeyInfo{"fault", Key::Fault, true, false},
                           KeyInfo{"latency", Key::Latency, true, false}};

const KeyInfo *findKey(std::string_view name)
{
    const auto it = std::find_if(kKeys.begin(), kKeys.end(), [name](const KeyInfo &info) {
        return text::equalsIgnoreCase(info.name, name);
    });
    return it == kKeys.end() ? nullptr : &*it;
}

std::string_view view(const std::shared_ptr<const std::string> &text)
{
    return text ? std::string_view(*text) : std::string_view{};
}

template<class Measure>
Result<NodePtr> rangeTerm(const std::vector<Value> &values, ReadNumber read,
                          std::string_view example, Measure measure)
{
    std::vector<Range> ranges;
    for (const Value &value : values) {
        auto range = readRange(value, read, example);
        if (!range)
            return range.error();
        ranges.push_back(*range);
    }
    return term([ranges, measure](const Exchange &exchange, const FilterContext &) {
        const std::uint64_t measured = measure(exchange);
        return std::any_of(ranges.begin(), ranges.end(),
                           [measured](const Range &range) { return range.holds(measured); });
    });
}

Result<NodePtr> statusTerm(const std::vector<Value> &values)
{
    std::vector<StatusRange> ranges;
    for (const Value &value : values) {
        auto range = readStatusRange(value);
        if (!range)
            return range.error();
        ranges.push_back(*range);
    }
    return term([ranges](const Exchange &exchange, const FilterContext &) {
        const auto status = static_cast<std::uint64_t>(std::max(exchange.status, 0));
        return std::any_of(ranges.begin(), ranges.end(), [status](const StatusRange &range) {
            return range.range.holds(status) != range.isExcluded;
        });
    });
}

Result<NodePtr> methodTerm(const std::vector<Value> &values)
{
    return term([values](const Exchange &exchange, const FilterContext &) {
        return std::any_of(values.begin(), values.end(), [&](const Value &value) {
            return text::equalsIgnoreCase(value.text, exchange.request.method());
        });
    });
}

/// One value of `path:` (how it is read stands in filter.h).
class PathTest
{
public:
    explicit PathTest(const Value &value)
        : m_text(value.text)
    {
        if (!value.isQuoted && value.text.find('*') != std::string::npos)
            m_pattern = TextPattern::glob(value.text);
        else if (!value.text.starts_with('/'))
            m_pattern = TextPattern::literal(value.text);
    }

    bool holds(std::string_view path) const
    {
        if (m_pattern)
            return m_pattern->isIn(path);
        if (!path.starts_with(m_text))
            return false;
        return path.size() == m_text.size() || m_text.back() == '/' || path[m_text.size()] == '/';
    }

private:
    std::string m_text;
    std::optional<TextPattern> m_pattern;
};

Result<NodePtr> pathTerm(const std::vector<Value> &values)
{
    std::vector<PathTest> tests(values.begin(), values.end());
    return term([tests = std::move(tests)](const Exchange &exchange, const FilterContext &) {
        const auto anyHolds = [&tests](std::string_view path) {
            return std::any_of(tests.begin(), tests.end(),
                               [path](const PathTest &test) { return test.holds(path); });
        };
        const http::RequestHead &head = exchange.request;
        const std::string_view path = http::splitTarget(head.method(), head.target()).path;
        return anyHolds(path)
               || (path.find('%') != std::string_view::npos && anyHolds(http::percentDecode(path)));
    });
}

std::vector<TextPattern> literals(const std::vector<Value> &values)
{
    std::vector<TextPattern> out;
    out.reserve(values.size());
    for (const Value &value : values)
        out.push_back(TextPattern::literal(value.text));
    return out;
}

bool anyIsIn(const std::vector<TextPattern> &patterns, std::string_view text)
{
    return std::any_of(patterns.begin(), patterns.end(),
                       [text](const TextPattern &pattern) { return pattern.isIn(text); });
}

using SharedText = std::shared_ptr<const std::string>;

/// Part of a name, or the whole id.
Result<NodePtr> nameTerm(const std::vector<Value> &values, SharedText Exchange::*name,
                         SharedText Exchange::*id)
{
    return term([patterns = literals(values), values, name, id](const Exchange &exchange,
                                                                const FilterContext &) {
        return anyIsIn(patterns, view(exchange.*name))
               || std::any_of(values.begin(), values.end(),
                              [&](const Value &value) { return value.text == view(exchange.*id); });
    });
}

Result<NodePtr> headerTerm(const Value &value)
{
    const std::size_t equals = value.text.find('=');
    const std::string name(text::trim(std::string_view(value.text).substr(0, equals)));
    if (name.empty())
        return syntaxError("write header:name or header:name=value", value.column);
    std::optional<TextPattern> pattern;
    if (equals != std::string::npos) {
        if (equals + 1 == value.text.size())
            return unfinished("a value is missing behind '='", value.column + equals + 1);
        pattern = TextPattern::literal(value.text.substr(equals + 1));
    }
    return term([name, pattern](const Exchange &exchange, const FilterContext &) {
        const auto holds = [&](const http::HeaderView &header) {
            return text::equalsIgnoreCase(header.name, name)
                   && (!pattern || pattern->isIn(header.value));
        };
        for (std::size_t i = 0; i < exchange.request.headerCount(); ++i) {
            if (holds(exchange.request.header(i)))
                return true;
        }
        const auto sent = responseHeaders(exchange);
        return std::any_of(sent.begin(), sent.end(), holds);
    });
}

Result<NodePtr> bodyTerm(const Value &value, bool inRequest, bool inResponse)
{
    TextPattern pattern = TextPattern::literal(value.text);
    const std::string_view text = value.text;
    const bool ignoreCase = text.ends_with("/i");
    if (!value.isQuoted && text.size() > 2 && text.starts_with('/')
        && (text.ends_with('/') || ignoreCase)) {
        auto regex
            = TextPattern::regex(text.substr(1, text.size() - (ignoreCase ? 3 : 2)), ignoreCase);
        if (!regex)
            return syntaxError(regex.error().message,
                               value.column + static_cast<std::size_t>(regex.error().where.column));
        pattern = *regex;
    }
    const auto test
        = [pattern, inRequest, inResponse](const Exchange &exchange, const FilterContext &) {
              return (inRequest && pattern.isIn(view(exchange.requestBody.content)))
                     || (inResponse && pattern.isIn(view(exchange.responseBody.content)));
          };
    return term(test, true);
}

Result<NodePtr> sinceTerm(const Value &value)
{
    if (value.text.find_first_not_of("0123456789.") == std::string::npos)
        return unfinished("a unit is missing: s, m or h", value.column + value.text.size());
    const auto age = parseDuration(value.text);
    if (!age)
        return syntaxError("'" + value.text + "' is not a time span; write 30s, 5m or 2h",
                           value.column);
    auto node = std::make_shared<Node>();
    node->test = [age = *age](const Exchange &exchange, const FilterContext &context) {
        return exchange.received >= context.now - age;
    };
    node->readsClock = true;
    return NodePtr(node);
}

} // namespace

Error syntaxError(std::string message, std::size_t column)
{
    return {ErrorCode::Syntax, std::move(message), {{}, 0, static_cast<int>(column)}};
}

Error unfinished(std::string message, std::size_t column)
{
    return {ErrorCode::Cancelled, std::move(message), {{}, 0, static_cast<int>(column)}};
}

std::vector<std::string_view> keyNames()
{
    std::vector<std::string_view> names;
    names.reserve(kKeys.size());
    for (const KeyInfo &info : kKeys)
        names.push_back(info.name);
    return names;
}

bool isKey(std::string_view name) { return findKey(name) != nullptr; }

std::string nearestKey(std::string_view name)
{
    if (name.size() < 3)
        return {};
    // Short names differ from ours by accident ("user:bob"), so they must be nearer.
    const std::size_t allowed = name.size() < 5 ? 1 : 2;
    for (const KeyInfo &info : kKeys) {
        if (info.name.size() > 2
            && editDistance(text::toLower(name), info.name, allowed + 1) <= allowed)
            return std::string(info.name);
    }
    return {};
}

bool takesList(std::string_view key)
{
    const KeyInfo *info = findKey(key);
    return info && info->isList;
}

bool takesRegex(std::string_view key)
{
    const KeyInfo *info = findKey(key);
    return info && info->takesRegex;
}

Result<NodePtr> makeTerm(std::string_view key, const std::vector<Value> &values)
{
    const KeyInfo *info = findKey(key);
    if (!info || values.empty())
        return syntaxError("there is no '" + std::string(key) + ":'", 1);
    switch (info->key) {
    case Key::Status:
        return statusTerm(values);
    case Key::Method:
        return methodTerm(values);
    case Key::Path:
        return pathTerm(values);
    case Key::Server:
        return nameTerm(values, &Exchange::serverName, &Exchange::serverId);
    case Key::Endpoint:
        return nameTerm(values, &Exchange::endpointLabel, &Exchange::endpointId);
    case Key::Header:
        return headerTerm(values.front());
    case Key::Body:
        return bodyTerm(values.front(), true, true);
    case Key::RequestBody:
        return bodyTerm(values.front(), true, false);
    case Key::ResponseBody:
        return bodyTerm(values.front(), false, true);
    case Key::Duration:
        return rangeTerm(values, readDuration, "dur:>200ms or dur:100ms..200ms",
                         [](const Exchange &e) {
                             return static_cast<std::uint64_t>(
                                 std::max<Duration::rep>(e.timings.complete.count(), 0));
                         });
    case Key::Size:
        return rangeTerm(values, readSize, "size:>1k or size:1kB..1MB", [](const Exchange &e) {
            return e.requestBody.size + e.responseBody.size;
        });
    case Key::RequestSize:
        return rangeTerm(values, readSize, "reqsize:>1k",
                         [](const Exchange &e) { return e.requestBody.size; });
    case Key::ResponseSize:
        return rangeTerm(values, readSize, "respsize:>1k",
                         [](const Exchange &e) { return e.responseBody.size; });
    case Key::Is:
        return isTerm(values);
    case Key::Client:
        return term([patterns = literals(values)](const Exchange &e, const FilterContext &) {
            return anyIsIn(patterns, e.client);
        });
    case Key::Mark:
        return markTerm(values);
    case Key::Since:
        return sinceTerm(values.front());
    case Key::Fault:
        return faultTerm(values);
    case Key::Latency:
        return rangeTerm(values, readDuration, "latency:>200ms or latency:100ms..200ms",
                         [](const Exchange &e) {
                             return static_cast<std::uint64_t>(
                                 std::max<Duration::rep>(injectedLatency(e).count(), 0));
                         });
    }
    return syntaxError("there is no '" + std::string(key) + ":'", 1);
}

Result<NodePtr> makeWord(std::string_view text, bool isRegex, bool ignoreCase, std::size_t column)
{
    TextPattern pattern = TextPattern::literal(text);
    if (isRegex) {
        auto regex = TextPattern::regex(text, ignoreCase);
        if (!regex)
            return syntaxError(regex.error().message,
                               column + static_cast<std::size_t>(regex.error().where.column) - 1);
        pattern = *regex;
    }
    return term([pattern](const Exchange &exchange, const FilterContext &) {
        const std::string_view target = exchange.request.target();
        if (pattern.isIn(target) || pattern.isIn(exchange.request.method())
            || pattern.isIn(view(exchange.endpointLabel))
            || pattern.isIn(view(exchange.responseLabel)) || pattern.isIn(view(exchange.serverName))
            || pattern.isIn(std::to_string(exchange.status)) || pattern.isIn(exchange.client)
            || pattern.isIn(exchange.error))
            return true;
        if (const FaultDraw *fault = faultOf(exchange); fault && pattern.isIn(fault->label))
            return true;
        return target.find('%') != std::string_view::npos
               && pattern.isIn(http::percentDecode(target));
    });
}

} // namespace understudy::filter
