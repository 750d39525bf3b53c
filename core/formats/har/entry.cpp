// SPDX-License-Identifier: Apache-2.0
#include "core/formats/har/entry.h"

#include "core/base/text.h"
#include "core/formats/har/recorded_entry.h"
#include "core/formats/recorded/answer.h"
#include "core/formats/recorded/fields.h"
#include "core/http/status.h"

#include <cmath>

namespace understudy::formats::har {

namespace {

constexpr std::size_t kShownUrl = 120;
/// A day; what is longer is no time an answer took.
constexpr double kLongestWait = 86'400'000;

class EntryReader
{
public:
    EntryReader(const RecordedEntry &recorded, Notes &notes)
        : m_recorded(recorded)
        , m_notes(notes)
    {}

    std::optional<Entry> run()
    {
        m_entry.at = m_recorded.at;
        m_entry.method = m_recorded.method;
        const std::string shown
            = recorded::oneLine(m_entry.method + ' ' + text::shortened(m_recorded.url, kShownUrl));
        if (!http::isToken(m_entry.method) || m_entry.method == "CONNECT")
            return skip(shown, "its method is none that an endpoint can have");
        auto url = recorded::parseUrl(m_recorded.url);
        if (!url)
            return skip(shown, "it is no request of http or https");
        m_entry.url = *std::move(url);
        const double status = m_recorded.status;
        if (status == 0)
            return skip(shown, "it was never answered: blocked, or broken off");
        if (status < 200 || status > 999 || status != std::floor(status))
            return skip(shown, "its status is not one that ends a request");
        m_entry.response.status = static_cast<int>(status);
        recorded::setReason(m_entry.response, m_recorded.reason);
        m_subject = recorded::oneLine(m_entry.subject());
        readFacts();
        readHeaders();
        readContent();
        m_entry.wait = timeOf(m_recorded.timings.wait);
        m_entry.receive = timeOf(m_recorded.timings.receive);
        return std::move(m_entry);
    }

private:
    std::optional<Entry> skip(const std::string &subject, const std::string &why)
    {
        m_notes.notServed(subject, why + "; left out", m_recorded.at);
        return std::nullopt;
    }

    /// Where it was measured; -1 says that it was not.
    static std::optional<Duration> timeOf(const std::optional<double> &milliseconds)
    {
        if (!milliseconds || *milliseconds < 0 || *milliseconds > kLongestWait)
            return std::nullopt;
        return Duration(std::llround(*milliseconds * 1000.0));
    }

    recorded::AnswerScope scope() { return {m_notes, m_subject, m_recorded.at}; }

    void readFacts()
    {
        m_entry.facts.addQuery(m_entry.url.query);
        const RecordedBody &data = m_recorded.requestBody;
        if (data.isBase64)
            return;
        if (data.text && m_entry.facts.addBody(*data.text, data.mediaType) && !data.text->empty())
            return;
        using Kind = RuleTarget::Kind;
        const bool isForm = data.mediaType.find("multipart/") == std::string::npos;
        for (const RecordedField &field : data.fields) {
            if (!field.isFile)
                m_entry.facts.add(isForm ? Kind::Form : Kind::Part, field.name, field.value);
        }
    }

    void readHeaders()
    {
        for (const http::HeaderField &header : m_recorded.responseHeaders)
            recorded::addHeader(m_entry.response, header.name, header.value, scope());
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
                            m_recorded.at);
        }
    }

    void readContent()
    {
        const RecordedBody &content = m_recorded.responseBody;
        if (m_entry.method == "HEAD") {
            noteLength();
        } else if (!content.text || content.text->empty()) {
            noteMissingBody();
        } else {
            if (content.isBase64)
                recorded::setBase64(m_entry.response, *content.text, content.mediaType, scope());
            else
                recorded::setText(m_entry.response, *content.text, content.mediaType, scope());
            m_entry.hasBody = m_entry.response.body.kind != Body::Kind::None;
        }
    }

    void noteMissingBody()
    {
        const RecordedBody &content = m_recorded.responseBody;
        const bool isEmpty
            = content.size == 0.0 || (!content.size && m_recorded.responseSize == 0.0);
        const bool isUnknown = !content.size && content.text;
        if (!isEmpty && !isUnknown && !http::isBodiless(m_entry.response.status)
            && m_entry.response.status / 100 != 3)
            m_notes.notServed(m_subject, "its body is not in the file; the answer is empty",
                              m_recorded.at);
    }

    void noteLength()
    {
        for (const http::HeaderField &header : m_recorded.responseHeaders) {
            if (text::equalsIgnoreCase(header.name, "Content-Length") && header.value != "0")
                m_notes.changed(m_subject,
                                "its Content-Length is that of the body here, not "
                                    + recorded::oneLine(header.value),
                                m_recorded.at);
        }
    }

    const RecordedEntry &m_recorded;
    Notes &m_notes;
    Entry m_entry;
    std::string m_subject;
};

} // namespace

std::optional<Entry> readEntry(const yaml::Node &node, Notes &notes)
{
    const Result<RecordedEntry> recorded = readRecorded(node);
    if (recorded)
        return EntryReader(*recorded, notes).run();
    notes.notServed("an entry", recorded.error().message + "; left out", node.start);
    return std::nullopt;
}

} // namespace understudy::formats::har
