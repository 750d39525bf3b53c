// SPDX-License-Identifier: Apache-2.0
#include "core/formats/har/endpoints.h"

#include "core/base/text.h"
#include "core/formats/har/recorded_times.h"
#include "core/formats/recorded/fields.h"

#include <algorithm>
#include <unordered_map>

namespace understudy::formats::har {

namespace {

constexpr std::size_t kMaxWaits = 1000; ///< that are kept of one answer

/// What came back for one request, in the order of time.
struct Take
{
    Response response;
    std::uint64_t count = 1;
    JsonArray waits;
    yaml::Mark at;
};

/// All the recorded requests with the same facts.
struct Variant
{
    recorded::RequestFacts facts;
    std::vector<Take> takes;
};

/// All the requests with one method and path.
struct Group
{
    std::string method;
    std::string path;
    std::vector<Entry> entries;
};

const http::HeaderField *validatorOf(const Response &response)
{
    const http::HeaderField *etag = http::findHeader(response.headers, "ETag");
    return etag ? etag : http::findHeader(response.headers, "Last-Modified");
}

std::string_view headerOf(const Response &response, std::string_view name)
{
    const http::HeaderField *field = http::findHeader(response.headers, name);
    return field ? std::string_view(field->value) : std::string_view();
}

/// Headers that change with every answer (ids, ages, dates) do not make another one.
bool isSameAnswer(const Response &a, const Response &b)
{
    return a.status == b.status && a.reason == b.reason && a.body == b.body
           && headerOf(a, "Content-Type") == headerOf(b, "Content-Type")
           && headerOf(a, "Location") == headerOf(b, "Location");
}

class GroupTranslator
{
public:
    GroupTranslator(Group &group, bool waits, Notes &notes)
        : m_group(group)
        , m_waits(waits)
        , m_notes(notes)
        , m_subject(recorded::oneLine(group.method + ' ' + group.path))
    {}

    Endpoint run()
    {
        settleNotModified();
        RecordedTimes times;
        for (Entry &entry : m_group.entries) {
            times.add(entry);
            add(std::move(entry));
        }
        Endpoint endpoint;
        if (m_waits)
            endpoint.behaviour.latency = times.latency(m_subject, m_notes);
        endpoint.methods = {m_group.method};
        endpoint.path = recorded::literalPath(m_group.path);
        if (m_variants.size() == 1 || allAnswerTheSame())
            inTurn(endpoint);
        else
            byRules(endpoint);
        if (m_onlyHeaders > 0)
            m_notes.changed(m_subject, std::to_string(m_onlyHeaders)
                                           + (m_onlyHeaders == 1 ? " answer" : " answers")
                                           + " to a request that was made again "
                                           + (m_onlyHeaders == 1 ? "differs" : "differ")
                                           + " only in headers: those of the first are sent");
        return endpoint;
    }

private:
    /// A 304 is for a client that has the body already, which only a conditional request says: the
    /// stand-in has to send the body first, and makes the 304 itself.
    void settleNotModified()
    {
        const bool hasWhole
            = std::any_of(m_group.entries.begin(), m_group.entries.end(),
                          [](const Entry &entry) { return entry.response.status / 100 == 2; });
        std::erase_if(m_group.entries, [&](const Entry &entry) {
            if (entry.response.status != 304 || entry.hasBody || !hasWhole)
                return false;
            m_notes.changed(m_subject,
                            "the 304 is left out: a conditional request gets one where the whole "
                            "answer has an ETag or a date",
                            entry.at);
            return true;
        });
        for (Entry &entry : m_group.entries) {
            if (entry.response.status != 304 || !entry.hasBody)
                continue;
            entry.response.status = 200;
            entry.response.reason.clear();
            m_notes.changed(m_subject,
                            validatorOf(entry.response)
                                ? "the 304 is a 200 with the body that the browser had; a "
                                  "conditional request gets the 304"
                                : "the 304 is a 200 with the body that the browser had",
                            entry.at);
        }
    }

    void add(Entry entry)
    {
        const std::string key = entry.facts.key();
        const auto [place, isNew] = m_places.emplace(key, m_variants.size());
        if (isNew)
            m_variants.push_back({std::move(entry.facts), {}});
        std::vector<Take> &takes = m_variants[place->second].takes;
        const bool isRepeat = !takes.empty() && isSameAnswer(takes.back().response, entry.response);
        if (isRepeat) {
            ++takes.back().count;
            if (takes.back().response.headers != entry.response.headers)
                ++m_onlyHeaders;
        } else {
            takes.push_back({std::move(entry.response), 1, {}, entry.at});
        }
        if (!m_waits && entry.wait && entry.wait->count() > 0
            && takes.back().waits.size() < kMaxWaits)
            takes.back().waits.emplace_back((entry.wait->count() + 500) / 1000);
    }

    bool allAnswerTheSame() const
    {
        const Response &first = m_variants.front().takes.front().response;
        return std::all_of(m_variants.begin(), m_variants.end(), [&](const Variant &variant) {
            return variant.takes.size() == 1 && isSameAnswer(variant.takes.front().response, first);
        });
    }

    static Response made(Take &take)
    {
        if (!take.waits.empty())
            take.response.extensions.set("x-har-wait", JsonValue(std::move(take.waits)));
        return std::move(take.response);
    }

    /// Whatever the request is.
    void inTurn(Endpoint &endpoint)
    {
        Variant &variant = m_variants.front();
        for (std::size_t i = 1; i < m_variants.size(); ++i) {
            JsonArray &waits = m_variants[i].takes.front().waits;
            std::move(waits.begin(), waits.end(), std::back_inserter(variant.takes.front().waits));
        }
        const bool isSequence = variant.takes.size() > 1;
        if (isSequence)
            endpoint.select = Selection::Sequence;
        for (Take &take : variant.takes) {
            Response response = made(take);
            if (isSequence && take.count > 1)
                response.times = take.count;
            endpoint.responses.push_back(std::move(response));
        }
    }

    void byRules(Endpoint &endpoint)
    {
        std::vector<const recorded::RequestFacts *> all;
        for (const Variant &variant : m_variants)
            all.push_back(&variant.facts);
        std::vector<recorded::Difference> differences = recorded::tellApart(all);
        std::vector<std::size_t> order(m_variants.size());
        for (std::size_t i = 0; i < order.size(); ++i)
            order[i] = i;
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return differences[a].conditions > differences[b].conditions;
        });
        for (const std::size_t i : order) {
            std::vector<Take> &takes = m_variants[i].takes;
            for (Take &take : takes) {
                Response response = made(take);
                response.when = differences[i].when;
                // The next one follows when this one is used up; the last one stays.
                if (&take != &takes.back())
                    response.times = take.count;
                endpoint.responses.push_back(std::move(response));
            }
        }
    }

    Group &m_group;
    bool m_waits;
    Notes &m_notes;
    std::string m_subject;
    std::vector<Variant> m_variants;
    std::unordered_map<std::string, std::size_t> m_places;
    std::size_t m_onlyHeaders = 0;
};

} // namespace

std::vector<Item> makeEndpoints(std::vector<Entry> entries, bool waits, Notes &notes)
{
    std::vector<Group> groups;
    std::unordered_map<std::string, std::size_t> places;
    for (Entry &entry : entries) {
        const auto [place, isNew] = places.emplace(entry.subject(), groups.size());
        if (isNew)
            groups.push_back({entry.method, entry.url.path, {}});
        groups[place->second].entries.push_back(std::move(entry));
    }
    std::vector<Item> items;
    items.reserve(groups.size());
    for (Group &group : groups)
        items.emplace_back(GroupTranslator(group, waits, notes).run());
    return items;
}

} // namespace understudy::formats::har
