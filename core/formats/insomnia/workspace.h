// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/described/endpoints.h"
#include "core/formats/notes.h"
#include "core/formats/yaml/node.h"
#include "core/model/server.h"

#include <string>
#include <vector>

namespace understudy::formats::insomnia {

/// Makes a server of a workspace, whatever version it is written in: both have requests, groups and
/// routes of mock servers with the same members. One workspace; the notes must outlive it.
class WorkspaceMaker
{
public:
    explicit WorkspaceMaker(Notes &notes)
        : m_notes(notes)
        , m_builder(notes, "the environments")
    {}

    /// The values that hold for everything: an environment's `data`.
    void setEnvironment(const yaml::Node *data);
    /// Those of sub-environments, of which the first is taken.
    void setSubEnvironments(const std::vector<const yaml::Node *> &environments);

    /// What is added from here on stands in the group, and has its environment.
    void openGroup(const yaml::Node &group);
    void closeGroup();

    void addRequest(const yaml::Node &request);
    /// A route of a mock server, which has an answer.
    void addRoute(const yaml::Node &route);
    /// What is left out, and said.
    void leaveOut(const yaml::Node &node, const std::string &why);

    bool isEmpty() const { return m_builder.isEmpty(); }
    /// Once.
    std::vector<Item> finish();

private:
    void meetSideMatters(const yaml::Node &node);
    described::Request requestOf(const yaml::Node &node);
    described::Example exampleOf(const yaml::Node &route, const described::Request &request,
                                 const described::Draft &draft);

    Notes &m_notes;
    described::Variables m_variables;
    described::EndpointBuilder m_builder;
    described::Tally m_auth;
    described::Tally m_scripts;
    described::Tally m_templates;
};

} // namespace understudy::formats::insomnia
