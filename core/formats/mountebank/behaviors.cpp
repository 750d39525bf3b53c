// SPDX-License-Identifier: Apache-2.0
// What mountebank does to a response before it is sent.
#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/formats/mountebank/answer.h"
#include "core/formats/mountebank/js_pattern.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/template_tags.h"

#include <algorithm>
#include <charconv>

namespace understudy::formats::mountebank {

namespace {

using recorded::textOf;

constexpr std::int64_t kLongestWait = 1'000'000'000; ///< in milliseconds

/// A value of the request in WireMock's words, which have what copies need.
std::optional<std::string> variableOf(const Node *from)
{
    if (!from)
        return std::nullopt;
    if (from->isScalar()) {
        if (from->text == "path" || from->text == "method" || from->text == "body")
            return "request." + from->text;
        return from->text == "ip" ? std::optional<std::string>("request.clientIp") : std::nullopt;
    }
    if (!from->isMap() || from->keys.size() != 1 || !from->items[0].isScalar())
        return std::nullopt;
    const std::string &name = from->items[0].text;
    const bool isPlain = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
    });
    if (!isPlain)
        return std::nullopt;
    if (from->keys[0].text == "query")
        return "request.query." + name + ".first";
    if (from->keys[0].text == "headers")
        return "request.headers." + name;
    return std::nullopt;
}

/// A text in a template; nothing where it cannot stand there.
std::optional<std::string> literalOf(const std::string &text)
{
    if (text.find("}}") != std::string::npos || text.find("{{") != std::string::npos
        || text.ends_with('\\'))
        return std::nullopt;
    if (text.find('\'') == std::string::npos)
        return '\'' + text + '\'';
    if (text.find('"') == std::string::npos)
        return '"' + text + '"';
    return std::nullopt;
}

/// The tag that stands for what a copy finds; nothing where it has no word here.
std::optional<std::string> tagOf(const Node &copy)
{
    const Node *usingThis = recorded::mapOf(&copy, "using");
    const auto variable = variableOf(recorded::fieldOf(&copy, "from"));
    const auto otherwise = literalOf(textOf(&copy, "into"));
    if (!usingThis || !variable || !otherwise || recorded::mapOf(usingThis, "ns"))
        return std::nullopt;
    const std::string method = textOf(usingThis, "method");
    std::string selector = textOf(usingThis, "selector");
    std::string helper;
    if (method == "regex") {
        const Node *options = recorded::fieldOf(usingThis, "options");
        auto pattern = fromJsPattern(selector, recorded::isTrue(options, "ignoreCase"));
        if (!pattern || recorded::isTrue(options, "multiline"))
            return std::nullopt;
        selector = *std::move(pattern);
        helper = "regexExtract";
    } else if (method == "jsonpath") {
        helper = "jsonPath";
    } else {
        return std::nullopt;
    }
    const auto written = literalOf(selector);
    if (selector.empty() || !written)
        return std::nullopt;
    return "{{" + helper + ' ' + *variable + ' ' + *written + " default=" + *otherwise + "}}";
}

std::string replaced(std::string text, const std::string &what, const std::string &with)
{
    for (std::size_t at = text.find(what); at != std::string::npos;
         at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

class BehaviorReader
{
public:
    BehaviorReader(Response &response, StubScope &scope)
        : m_response(response)
        , m_scope(scope)
    {}

    void add(const Node::Key &name, const Node &value)
    {
        if (name.text == "wait")
            wait(value);
        else if (name.text == "copy")
            copy(value);
        else if (name.text == "lookup" || name.text == "shellTransform" || name.text == "decorate")
            m_scope.notes.notServed(m_scope.subject,
                                    text::inQuotes(name.text)
                                        + " is not done here: the answer is sent without it",
                                    name.at);
        else if (name.text != "repeat")
            m_scope.notes.notServed(m_scope.subject,
                                    text::inQuotes(recorded::oneLine(name.text))
                                        + " is no behavior of mountebank",
                                    name.at);
    }

    void finish()
    {
        if (m_wait > 0)
            m_response.behaviour.latency.head = FixedLatency{std::chrono::milliseconds(m_wait)};
    }

private:
    void wait(const Node &value)
    {
        std::int64_t wait = 0;
        const std::string text = value.isScalar() ? value.text : std::string();
        const std::string_view trimmed = text::trim(text);
        const auto [end, failure]
            = std::from_chars(trimmed.data(), trimmed.data() + trimmed.size(), wait);
        if (failure != std::errc()) {
            m_scope.notes.notServed(m_scope.subject, "a wait that JavaScript works out is left out",
                                    value.start);
            return;
        }
        m_wait = std::clamp<std::int64_t>(m_wait + std::clamp<std::int64_t>(wait, 0, kLongestWait),
                                          0, kLongestWait);
    }

    void copy(const Node &value)
    {
        const auto noWord = [&](const std::string &why) {
            m_scope.notes.notServed(m_scope.subject,
                                    "this 'copy' has no word here" + why
                                        + ": its token is sent as it stands",
                                    value.start);
        };
        const std::string token = textOf(&value, "into");
        const auto tag = tagOf(value);
        if (token.empty() || !tag) {
            noWord("");
            return;
        }
        if (m_response.body.kind == Body::Kind::Base64) {
            noWord(", as the body is binary");
            return;
        }
        beTemplate();
        std::string &body = m_response.body.content;
        if (body.find(token + '[') != std::string::npos) {
            noWord(", as more than its first value is asked for");
            return;
        }
        body = replaced(std::move(body), token, *tag);
        for (http::HeaderField &field : m_response.headers)
            field.value = replaced(std::move(field.value), token, *tag);
    }

    /// Braces of its texts mean nothing there.
    void beTemplate()
    {
        if (m_response.isTemplate)
            return;
        m_response.isTemplate = true;
        m_response.dialect = Dialect::WireMock;
        if (m_response.body.kind == Body::Kind::Json) {
            const std::string text = writeJson(m_response.body.json, 4);
            if (!http::findHeader(m_response.headers, "Content-Type"))
                m_response.headers.push_back({"Content-Type", "application/json"});
            m_response.body = Body::text(text);
        }
        m_response.body.content = escapedTags(m_response.body.content);
        for (http::HeaderField &field : m_response.headers)
            field.value = escapedTags(field.value);
    }

    Response &m_response;
    StubScope &m_scope;
    std::int64_t m_wait = 0;
};

} // namespace

void addBehaviors(Response &response, const Node &definition, StubScope &scope)
{
    BehaviorReader reader(response, scope);
    const auto addAll = [&](const Node &map) {
        for (std::size_t i = 0; map.isMap() && i < map.keys.size(); ++i) {
            // The old form has lists where there are several of a kind.
            if (!map.items[i].isList())
                reader.add(map.keys[i], map.items[i]);
            else
                for (const Node &one : map.items[i].items)
                    reader.add(map.keys[i], one);
        }
    };
    const Node *behaviors = recorded::fieldOf(&definition, "behaviors");
    if (const Node *old = behaviors ? nullptr : recorded::fieldOf(&definition, "_behaviors"))
        addAll(*old);
    if (behaviors && behaviors->isList()) {
        for (const Node &one : behaviors->items)
            addAll(one);
    } else if (behaviors) {
        addAll(*behaviors);
    }
    reader.finish();
}

} // namespace understudy::formats::mountebank
