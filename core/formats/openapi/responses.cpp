// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/responses.h"

#include "core/base/text.h"
#include "core/formats/openapi/dynamic_body.h"
#include "core/formats/openapi/plain_text.h"
#include "core/formats/openapi/response_headers.h"
#include "core/formats/openapi/response_rules.h"
#include "core/formats/rule_parts.h"
#include "core/http/status.h"

#include <algorithm>
#include <charconv>

namespace understudy::formats::openapi {

namespace {

constexpr std::size_t kMostResponses = 200;
constexpr std::size_t kLongestName = 60;

/// A response by the status it is sent with.
struct StatusAnswer
{
    int status = 200;
    Element response;
};

std::string shortLine(std::string_view text)
{
    return text::shortened(oneLineOf(text), kLongestName);
}

class ResponsesMaker
{
public:
    ResponsesMaker(const MakingOf &with, const OperationPlace &place, const std::string &subject)
        : m_with(with)
        , m_place(place)
        , m_operation(place.operation)
        , m_subject(subject)
    {}

    std::vector<Response> run()
    {
        readStatuses();
        if (m_answers.empty()) {
            m_with.document.changedOften(
                "an operation documents no response; it answers 200 without "
                "a body",
                m_operation);
            m_out.emplace_back();
            return std::move(m_out);
        }
        const auto usual = std::min_element(m_answers.begin(), m_answers.end(),
                                            [](const StatusAnswer &a, const StatusAnswer &b) {
                                                return rankOf(a.status) < rankOf(b.status);
                                            });
        std::rotate(m_answers.begin(), usual, usual + 1);
        m_usual = m_answers.front().status;
        // The first stands in front for people; having no rules, it answers when no other does.
        std::vector<Response> ofUsual = ofStatus(m_answers.front());
        m_out.push_back(std::move(ofUsual.front()));
        for (std::size_t i = 1; i < m_answers.size(); ++i)
            take(ofStatus(m_answers[i]), 0);
        take(std::move(ofUsual), 1);
        if (m_madeFor)
            linkParameters(m_with.document, m_place, m_madeFor, m_out);
        return std::move(m_out);
    }

private:
    /// Successes before redirects before errors.
    static int rankOf(int status) { return status >= 200 ? status : 1000 + status; }

    bool hasStatus(int status) const
    {
        return std::any_of(m_answers.begin(), m_answers.end(),
                           [&](const StatusAnswer &a) { return a.status == status; });
    }

    /// The first of a class, such as 4XX, that is not documented by itself.
    int freeStatus(int first) const
    {
        for (const http::StatusPhrase &known : http::knownStatuses()) {
            if (known.status >= first && known.status < first + 100 && !hasStatus(known.status))
                return known.status;
        }
        return first + 99;
    }

    void readStatuses()
    {
        const Element responses = m_with.document.child(m_operation, "responses");
        Element byDefault;
        std::vector<StatusAnswer> ranges;
        for (std::size_t i = 0; responses.isMap() && i < responses.size(); ++i) {
            const std::string code = text::toLower(responses.key(i));
            const Element response = m_with.document.resolve(responses.entry(i));
            const bool isRange
                = code.size() == 3 && code.ends_with("xx") && code[0] >= '1' && code[0] <= '5';
            if (code.starts_with("x-"))
                continue;
            if (code == "default")
                byDefault = response ? response : responses.entry(i);
            else if (isRange)
                ranges.push_back({(code[0] - '0') * 100, response});
            else
                number(code, response, responses.entry(i));
        }
        for (const StatusAnswer &range : ranges) {
            const int status = freeStatus(range.status);
            if (status != range.status)
                m_with.document.changed(m_subject,
                                        std::to_string(range.status / 100) + "XX answers as "
                                            + std::to_string(status),
                                        range.response);
            m_answers.push_back({status, range.response});
        }
        if (byDefault)
            addDefault(byDefault);
    }

    void number(const std::string &code, Element response, Element at)
    {
        int status = 0;
        const char *end = code.data() + code.size();
        const auto read = std::from_chars(code.data(), end, status);
        if (read.ec != std::errc() || read.ptr != end || status < 100 || status > 999)
            m_with.document.notServed(
                m_subject,
                text::inQuotes(text::shortened(code, 50)) + " is no status, and is left out", at);
        else if (status < 200)
            m_with.document.notServed(m_subject,
                                      "an answer of " + code
                                          + " is none that ends a request, and is left "
                                            "out",
                                      at);
        else if (!hasStatus(status))
            m_answers.push_back({status, response});
    }

    void addDefault(Element response)
    {
        const bool hasSuccess = std::any_of(m_answers.begin(), m_answers.end(), [](const auto &a) {
            return a.status >= 200 && a.status < 300;
        });
        if (!hasSuccess) {
            m_with.document.changedOften("'default' is the only answer for a success, and is sent "
                                         "with status 200",
                                         response);
            m_answers.push_back({200, response});
            return;
        }
        const int status = freeStatus(500);
        m_with.document.changedOften(
            "'default' stands for all other statuses, and is sent with "
            "the first of 500 to 599 that is not documented; ask for it by "
            "'Prefer: code="
                + std::to_string(status) + "'",
            response);
        m_answers.push_back({status, response});
    }

    void take(std::vector<Response> responses, std::size_t from)
    {
        for (std::size_t i = from; i < responses.size(); ++i) {
            if (m_out.size() == kMostResponses) {
                m_with.document.notServed(m_subject,
                                          "it has more examples and media types than "
                                              + std::to_string(kMostResponses)
                                              + " responses; the rest is left out",
                                          m_operation);
                return;
            }
            m_out.push_back(std::move(responses[i]));
        }
    }

    /// What answers with one status: in front what is sent unasked, for the usual status, or asked
    /// by the code alone last, for the others: rules are tried in their order.
    std::vector<Response> ofStatus(const StatusAnswer &answer)
    {
        const bool isUsual = answer.status == m_usual;
        const std::string subject = m_subject + ", " + std::to_string(answer.status);
        const http::HeaderList headers = documentedHeaders(m_with, answer.response, subject);
        std::vector<MediaAnswer> media
            = mediaAnswers(m_with, m_operation, answer.response, subject);
        if (http::isBodiless(answer.status) && !media.empty()) {
            m_with.document.changed(subject,
                                    "an answer of this status has no body; what is "
                                    "documented as one is left out",
                                    answer.response);
            media.clear();
        }
        Response plain;
        plain.status = answer.status;
        plain.headers = headers;
        plain.name = shortLine(answer.response.text("description"));
        if (!isUsual)
            plain.when = prefersCode(answer.status);
        std::vector<Response> out;
        if (media.empty()) {
            out.push_back(std::move(plain));
            return out;
        }
        std::vector<Response> asked;
        if (std::optional<Response> invented = dynamic(plain, media, isUsual))
            asked.push_back(*std::move(invented));
        for (std::size_t i = media.size(); i-- > 0;)
            ofMedia(plain, media, i, isUsual, asked);
        Response usual = with(plain, media.front(), media.front().bodies.front());
        if (isUsual) {
            m_madeFor = media.front().bodies.front().isMade ? media.front().schema : Element{};
            out.push_back(std::move(usual));
            std::move(asked.begin(), asked.end(), std::back_inserter(out));
        } else {
            out = std::move(asked);
            out.push_back(std::move(usual));
        }
        return out;
    }

    /// What `Prefer: dynamic=true` gets, where the import is asked for that. It stands before the
    /// other media types, and leaves those to them who accept them rather.
    std::optional<Response> dynamic(const Response &plain, const std::vector<MediaAnswer> &media,
                                    bool isUsual)
    {
        const MediaAnswer &own = media.front();
        if (!m_with.options.dynamicAnswers || !isJsonType(own.type) || !own.schema)
            return std::nullopt;
        const auto text = dynamicText(m_with.document, m_with.check, own.schema,
                                      m_with.samples.make(own.schema).value);
        if (!text)
            return std::nullopt;
        Response response = with(plain, own, {{}, Body::text(*text), true});
        response.isTemplate = true;
        response.name = "dynamic";
        std::vector<Rule> rules{isUsual ? prefersNoOtherCode(plain.status) : *plain.when,
                                prefersDynamic()};
        std::vector<Rule> others;
        for (std::size_t i = 1; i < media.size(); ++i)
            others.push_back(accepts(media[i].type, own.type));
        if (!others.empty())
            rules.push_back(noneOf(std::move(others)));
        response.when = allOf(std::move(rules));
        return response;
    }

    /// The examples of a media type that are asked for by name, then the type itself where it is
    /// not the usual one.
    void ofMedia(const Response &plain, std::vector<MediaAnswer> &media, std::size_t index,
                 bool isUsual, std::vector<Response> &out)
    {
        const MediaAnswer &own = media[index];
        std::vector<Rule> common;
        common.push_back(isUsual ? prefersNoOtherCode(plain.status) : *plain.when);
        if (index > 0)
            common.push_back(accepts(own.type, media.front().type));
        for (std::size_t i = 1; i < own.bodies.size(); ++i) {
            if (own.bodies[i].name.empty())
                continue;
            Response response = with(plain, own, own.bodies[i]);
            std::vector<Rule> rules = common;
            rules.push_back(prefersExample(own.bodies[i].name));
            response.when = allOf(std::move(rules));
            response.name = shortLine(own.bodies[i].name);
            out.push_back(std::move(response));
        }
        if (index == 0)
            return;
        Response response = with(plain, own, own.bodies.front());
        if (isUsual)
            common.erase(common.begin()); // every other code has had its turn
        response.when = allOf(std::move(common));
        response.name = shortLine(own.type);
        out.push_back(std::move(response));
    }

    Response with(const Response &plain, const MediaAnswer &media, const NamedBody &body)
    {
        Response response = plain;
        response.headers.insert(response.headers.begin(), {"Content-Type", media.type});
        const std::size_t bytes = extentOf(body.body.json).bytes + body.body.content.size();
        if (bytes > m_with.room) {
            m_with.document.notServedOften(
                "the bodies of the document take more than 256 MiB; this "
                "one is left out",
                m_operation);
            return response;
        }
        m_with.room -= bytes;
        response.body = body.body;
        return response;
    }

    const MakingOf &m_with;
    const OperationPlace &m_place;
    Element m_operation;
    /// The schema that the usual body was made for, where it was.
    Element m_madeFor;
    const std::string &m_subject;
    std::vector<StatusAnswer> m_answers;
    std::vector<Response> m_out;
    int m_usual = 200;
};

} // namespace

std::vector<Response> responsesOf(const MakingOf &with, const OperationPlace &place,
                                  const std::string &subject)
{
    return ResponsesMaker(with, place, subject).run();
}

} // namespace understudy::formats::openapi
