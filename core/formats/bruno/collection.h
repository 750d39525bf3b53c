// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/bruno/request.h"
#include "core/formats/described/endpoints.h"
#include "core/formats/notes.h"

#include <vector>

namespace understudy::formats::bruno {

/// Makes the endpoints of a collection from its requests, wherever they were read. One import; the
/// notes must outlive it.
class CollectionMaker
{
public:
    explicit CollectionMaker(Notes &notes)
        : m_notes(notes)
        , m_builder(notes, "the collection")
    {}

    /// Values for those requests that are added before `leave` of the variables.
    void set(const Pairs &values);
    described::Variables &variables() { return m_variables; }
    described::EndpointBuilder &folders() { return m_builder; }

    /// `notes`: those of the file in which it stands.
    void add(const BrunoRequest &request, Notes &notes);
    /// Something of a folder or of the collection that has no effect here.
    void meetScript(Notes &notes, yaml::Mark at) { meet(m_scripts, notes, at); }
    void meetAuth(Notes &notes, yaml::Mark at) { meet(m_auth, notes, at); }
    void meetVariablesOfAnswer(Notes &notes, yaml::Mark at) { meet(m_setLater, notes, at); }
    static void meetHeaders(Notes &notes, yaml::Mark at)
    {
        notes.notServed({}, "headers of every request are not asked for", at);
    }

    bool isEmpty() const { return m_builder.isEmpty(); }
    /// Once.
    std::vector<Item> finish();

private:
    /// How often, and where first.
    struct Met
    {
        described::Tally tally;
        Notes *notes = nullptr;
    };
    static void meet(Met &met, Notes &notes, yaml::Mark at);
    described::Request requestOf(const Asked &asked);
    recorded::RequestFacts factsOf(const Asked &asked, const described::RequestPath &path);
    void addBody(const Asked &asked, recorded::RequestFacts &facts);
    described::Example exampleOf(const SavedExample &saved, const described::Draft &draft,
                                 Notes &notes);

    Notes &m_notes;
    described::Variables m_variables;
    described::EndpointBuilder m_builder;
    Met m_auth;
    Met m_scripts;
    Met m_tests;
    Met m_setLater; ///< variables, from an answer
    Met m_files;
};

} // namespace understudy::formats::bruno
