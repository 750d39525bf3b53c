// SPDX-License-Identifier: Apache-2.0
#include "core/formats/described/endpoints.h"

#include "core/base/text.h"
#include "core/formats/recorded/fields.h"
#include "core/http/header_list.h"

namespace understudy::formats::described {

namespace {

/// A mock file can hold no more inside of each other.
constexpr std::size_t kMaxFolders = 30;

} // namespace

std::string counted(std::size_t count, const std::string &one, const std::string &many)
{
    return count == 1 ? "1 " + one : std::to_string(count) + ' ' + many;
}

void Tally::say(Notes &notes, const std::string &one, const std::string &many,
                const std::string &what) const
{
    if (count > 0)
        notes.notServed({}, counted(count, one, many) + what, first);
}

void EndpointBuilder::openFolder(std::string name, yaml::Mark at)
{
    if (m_open.size() > kMaxFolders) {
        if (m_tooDeep++ == 0)
            m_notes.changed(recorded::oneLine(std::move(name)),
                            "the folder lies too deep; what is in it stands in the one around it",
                            at);
        return;
    }
    m_open.push_back({recorded::oneLine(std::move(name)), {}, nullptr});
}

void EndpointBuilder::closeFolder()
{
    if (m_tooDeep > 0) {
        --m_tooDeep;
        return;
    }
    Placed closed = std::move(m_open.back());
    m_open.pop_back();
    m_open.back().children.push_back(std::move(closed));
}

Draft *EndpointBuilder::add(const Request &request, const About &about)
{
    Notes &notes = about.notes ? *about.notes : m_notes;
    RequestPath path = pathOf(request);
    const std::string subject = recorded::oneLine(request.method + ' ' + path.path);
    const std::string name = recorded::oneLine(about.name);
    if (!http::isToken(request.method)) {
        notes.notServed(subject, "its method is none that an endpoint can have; left out",
                        about.at);
        return nullptr;
    }
    if (!request.host.empty())
        m_hosts.insert(request.host);
    const auto [place, isNew]
        = m_places.emplace(request.method + ' ' + path.shape, m_drafts.size());
    if (!isNew) {
        notes.changed(subject,
                      (name.empty() ? "it" : "the request " + text::inQuotes(name))
                          + " has the same method and path as one before: its examples are "
                            "answers of that endpoint",
                      about.at);
        return &m_drafts[place->second];
    }
    Draft &draft = m_drafts.emplace_back();
    draft.subject = subject;
    draft.at = about.at;
    draft.notes = &notes;
    draft.endpoint.methods = {request.method};
    draft.endpoint.path = path.path;
    draft.endpoint.name = name;
    draft.endpoint.description = about.description;
    if (path.isLoose)
        notes.changed(subject,
                      "a segment of the path holds several variables, or there are too many of "
                      "them: any text fits",
                      about.at);
    draft.path = std::move(path);
    m_open.back().children.push_back({{}, {}, &draft});
    return &draft;
}

std::vector<Item> EndpointBuilder::finish(const Variables &variables)
{
    while (m_open.size() > 1)
        closeFolder();
    for (Draft &draft : m_drafts)
        complete(draft);
    say(variables);
    return itemsOf(m_open.front().children);
}

void EndpointBuilder::complete(Draft &draft)
{
    draft.endpoint.responses = chooseByExample(std::move(draft.examples), m_chosenByHeader);
    if (!draft.endpoint.responses.empty())
        return;
    draft.endpoint.responses.emplace_back();
    draft.notes->changed(draft.subject, "it has no saved example: an empty 200 is sent", draft.at);
}

std::vector<Item> EndpointBuilder::itemsOf(std::vector<Placed> &tree)
{
    std::vector<Item> out;
    for (Placed &placed : tree) {
        if (placed.draft) {
            out.emplace_back(std::move(placed.draft->endpoint));
            continue;
        }
        Folder folder;
        folder.name = std::move(placed.folder);
        folder.items = itemsOf(placed.children);
        out.emplace_back(std::move(folder));
    }
    return out;
}

void EndpointBuilder::say(const Variables &variables)
{
    if (m_chosenByHeader > 0)
        m_notes.changed({}, counted(m_chosenByHeader, "example answers", "examples answer")
                                + " the same request as another: chosen by the header "
                                  "x-mock-response-name or x-mock-response-code, as Postman's mock "
                                  "servers do");
    std::string names;
    for (const std::string &name : variables.unknown())
        names += (names.empty() ? "{{" : ", {{") + name + "}}";
    if (!names.empty())
        m_notes.changed({}, "no value in " + m_source + " for " + text::shortened(names, 500)
                                + ": a segment of a path takes any text, a query or body with it "
                                  "is not compared");
    if (m_hosts.size() > 1)
        m_notes.changed({}, "the requests go to " + std::to_string(m_hosts.size())
                                + " hosts; one server answers for all");
}

} // namespace understudy::formats::described
