// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/described/examples.h"
#include "core/formats/described/request.h"
#include "core/formats/described/variables.h"
#include "core/formats/notes.h"
#include "core/model/server.h"

#include <deque>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace understudy::formats::described {

/// An endpoint while its requests are read.
struct Draft
{
    Endpoint endpoint;
    RequestPath path;
    std::vector<Example> examples;
    std::string subject; ///< "GET /users/{id}"
    yaml::Mark at;
    Notes *notes = nullptr; ///< of the file that it stands in
};

/// How often something without effect here was met, and where first.
struct Tally
{
    std::size_t count = 0;
    yaml::Mark first;

    void meet(yaml::Mark at)
    {
        if (count++ == 0)
            first = at;
    }
    /// Says of all of them that they have no effect: "3 scripts: not run". Nothing of none.
    void say(Notes &notes, const std::string &one, const std::string &many,
             const std::string &what) const;
};

/// "1 script", "3 scripts".
std::string counted(std::size_t count, const std::string &one, const std::string &many);

/// Makes endpoints of requests, in the folders in which they stand. Requests of one method and path
/// become one endpoint, where the first of them stands. One import; the notes must outlive it.
class EndpointBuilder
{
public:
    /// `source`: how messages call what the variables are looked up in, "the collection".
    EndpointBuilder(Notes &notes, std::string source)
        : m_notes(notes)
        , m_source(std::move(source))
    {}

    /// What is added next stands in a new folder, until that is closed. Folders that lie too deep
    /// are one with the folder around them, which is noted.
    void openFolder(std::string name, yaml::Mark at);
    void closeFolder();

    struct About
    {
        std::string name;
        std::string description;
        yaml::Mark at;
        Notes *notes = nullptr; ///< of its file, where it stands in another one
    };
    /// The endpoint that the examples of this request belong to, a new one or one that is there;
    /// null, and noted, where its method is none that an endpoint can have. It stays where it is.
    Draft *add(const Request &request, const About &about);

    bool isEmpty() const { return m_drafts.empty(); }

    /// Everything that was added, and what is to be said of it all. Once.
    std::vector<Item> finish(const Variables &variables);

private:
    struct Placed
    {
        std::string folder;
        std::vector<Placed> children;
        Draft *draft = nullptr; ///< null: a folder
    };

    void complete(Draft &draft);
    static std::vector<Item> itemsOf(std::vector<Placed> &tree);
    void say(const Variables &variables);

    Notes &m_notes;
    std::string m_source;
    std::deque<Draft> m_drafts;
    std::unordered_map<std::string, std::size_t> m_places;
    std::vector<Placed> m_open{Placed{}}; ///< the root, and the folders that are open
    std::size_t m_tooDeep = 0;            ///< open folders that are none
    std::set<std::string> m_hosts;
    std::size_t m_chosenByHeader = 0;
};

} // namespace understudy::formats::described
