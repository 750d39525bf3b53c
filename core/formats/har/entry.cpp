// SPDX-License-Identifier: Apache-2.0
#include "core/formats/har/entry.h"

#include "core/base/text.h"
#include "core/formats/recorded/answer.h"
#include "core/formats/recorded/fields.h"
#include "core/http/status.h"

#include <cmath>

namespace understudy::formats::har {

using recorded::fieldOf;
using recorded::listOf;
using recorded::mapOf;
using recorded::numberOf;
using recorded::textOf;

namespace {

constexpr std::size_t kShownUrl = 120;
/// A day; what is longer is no time an answer took.
constexpr double kLongestWait = 86'400'000;

class EntryReader
{
public:
    EntryReader(const yaml::Node &node, Notes &notes)
        : m_node(node)
        , m_notes(notes)
    {}

    std::optional<Entry> run()
    {
        const yaml::Node *request = mapOf(&m_node, "request");
        const yaml::Node *response = mapOf(&m_node, "response");
        if (!request || !response)
            return skip("an entry",
                        std::string("it has no ") + (request ? "'response'" : "'request'"));
        m_entry.at = m_node.start;
        m_entry.method = textOf(request, "method");
        const std::string address = textOf(request, "url");
        const std::string shown
            = recorded::oneLine(m_entry.method + ' ' + text::shortened(address, kShownUrl));
        if (!http::isToken(m_entry.method) || m_entry.method == "CONNECT")
            return skip(shown, "its method is none that an endpoint can have");
        auto url = recorded::parseUrl(address);
        if (!url)
            return skip(shown, "it is no request of http or https");
        m_entry.url = *std::move(url);
        const double status = numberOf(response, "status").value_or(0);
        if (status == 0)
            return skip(shown, "it was never answered: blocked, or broken off");
        if (status < 200 || status > 999 || status != std::floor(status))
            return skip(shown, "its status is not one that ends a request");
        m_entry.response.status = static_cast<int>(status);
        recorded::setReason(m_entry.response, textOf(response, "statusText"));
        m_subject = recorded::oneLine(m_entry.subject());
        readFacts(*request);
        readHeaders(*response);
        readContent(*response);
        m_entry.wait = timeOf("wait");
        m_entry.receive = timeOf("receive");
        return std::move(m_entry);
    }

private:
    std::optional<Entry> skip(const std::string &subject, const std::string &why)
    {
        m_notes.notServed(subject, why + "; left out", m_node.start);
        return std::nullopt;
    }

    /// Of `timings`, where it was measured; -1 says that it was not.
    std::optional<Duration> timeOf(std::string_view name) const
    {
        const auto time = numberOf(mapOf(&m_node, "timings"), name);
        if (!time || *time < 0 || *time > kLongestWait)
            return std::nullopt;
        return Duration(std::llround(*time * 1000.0));
    }

    recorded::AnswerScope scope() { return {m_notes, m_subject, m_node.start}; }

    void readFacts(const yaml::Node &request)
    {
        m_entry.facts.addQuery(m_entry.url.query);
        const yaml::Node *data = mapOf(&request, "postData");
        const std::string type = textOf(data, "mimeType");
        const auto body = textOf(fieldOf(data, "text"));
        if (body && m_entry.facts.addBody(*body, type) && !body->empty())
            return;
        using Kind = RuleTarget::Kind;
        const bool isForm = type.find("multipart/") == std::string::npos;
        for (const yaml::Node &field : listOf(data, "params")) {
            if (!fieldOf(&field, "fileName"))
                m_entry.facts.add(isForm ? Kind::Form : Kind::Part, textOf(&field, "name"),
                                  textOf(&field, "value"));
        }
    }

    void readHeaders(const yaml::Node &response)
    {
        for (const yaml::Node &header : listOf(&response, "headers"))
            recorded::addHeader(m_entry.response, textOf(&header, "name"), textOf(&header, "value"),
                                scope());
        keepRedirectsHere();
    }

    /// A redirect to the recorded server itself goes on to the stand-in.
    void keepRedirectsHere()
    {
        for (http::HeaderField &field : m_entry.response.headers) {
            if (!text::equalsIgnoreCase(field.name, "Location"))
                continue;
            const auto target = recorded::parseUrl(field.value);
            if (!target || target->origin != m_entry.url.origin)
                continue;
            const std::size_t path = field.value.find_first_of("/?#", field.value.find("://") + 3);
            std::string own = path == std::string::npos ? "/" : field.value.substr(path);
            if (!own.starts_with('/') || own.starts_with("//"))
                continue;
            field.value = std::move(own);
            m_notes.changed(m_subject,
                            "its Location leads to the stand-in, not to " + target->origin,
                            m_node.start);
        }
    }

    void readContent(const yaml::Node &response)
    {
        const bool isHead = m_entry.method == "HEAD";
        const yaml::Node *content = mapOf(&response, "content");
        const auto body = textOf(fieldOf(content, "text"));
        const std::string type = textOf(content, "mimeType");
        if (isHead) {
            noteLength(response);
        } else if (!body || body->empty()) {
            noteMissingBody(response, content);
        } else {
            if (text::equalsIgnoreCase(textOf(content, "encoding"), "base64"))
                recorded::setBase64(m_entry.response, *body, type, scope());
            else
                recorded::setText(m_entry.response, *body, type, scope());
            m_entry.hasBody = m_entry.response.body.kind != Body::Kind::None;
        }
    }

    void noteMissingBody(const yaml::Node &response, const yaml::Node *content)
    {
        const double size = numberOf(content, "size").value_or(-1);
        const bool isEmpty = size == 0 || (size < 0 && numberOf(&response, "bodySize") == 0.0);
        const bool isUnknown = size < 0 && fieldOf(content, "text") && !isNullText(content);
        if (!isEmpty && !isUnknown && !http::isBodiless(m_entry.response.status)
            && m_entry.response.status / 100 != 3)
            m_notes.notServed(m_subject, "its body is not in the file; the answer is empty",
                              m_node.start);
    }

    /// `null`, as Firefox writes it for what it did not keep.
    static bool isNullText(const yaml::Node *content)
    {
        const yaml::Node *text = fieldOf(content, "text");
        return text && text->isNull();
    }

    void noteLength(const yaml::Node &response)
    {
        for (const yaml::Node &header : listOf(&response, "headers")) {
            const std::string length = textOf(&header, "value");
            if (text::equalsIgnoreCase(textOf(&header, "name"), "Content-Length") && length != "0")
                m_notes.changed(m_subject,
                                "its Content-Length is that of the body here, not "
                                    + recorded::oneLine(length),
                                m_node.start);
        }
    }

    const yaml::Node &m_node;
    Notes &m_notes;
    Entry m_entry;
    std::string m_subject;
};

} // namespace

std::optional<Entry> readEntry(const yaml::Node &node, Notes &notes)
{
    return EntryReader(node, notes).run();
}

} // namespace understudy::formats::har
