// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/draw.h"
#include "core/behaviour/moment.h"
#include "core/engine/scenario_keys.h"
#include "core/engine/server_memory.h"
#include "core/match/request_view.h"
#include "core/match/target_values.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace understudy {

struct Anticipation;

/// What of a server does not change from request to request.
struct ServerFacts
{
    std::string id;
    std::string base;    ///< path before every path
    std::string ownHost; ///< where it is reached from this machine
    std::uint64_t seed = 0;
    bool mergesSlashes = false; ///< runs of slashes in a request's path count as one
    std::shared_ptr<handlebars::ServerValues> values{}; ///< its buckets and variables
    std::shared_ptr<const ScenarioKeys> scenarios = std::make_shared<const ScenarioKeys>();
};

/// One request as everything sees it that decides about its answer: made when its head has to be
/// looked at, and when it is whole, and handed on to selection and behaviour. What it is made from
/// must outlive it.
class AnswerContext
{
public:
    AnswerContext(const http::Request &request, const ConnectionFacts &facts, const Moment &now,
                  const ServerMemory &memory, const ServerFacts &server,
                  const Anticipation *early = nullptr)
        : view(request, facts, server.mergesSlashes)
        , moment(now)
        , anticipated(early)
        , m_server(server)
        , m_scenario([&memory, &server](std::string_view name, const MatchContext &asking) {
            return memory.scenario(server.scenarios->nameFor(name, asking));
        })
    {}

    /// What rules are matched against. `parameters` of the path; `ordinal`: the number of the
    /// request at its endpoint, from 1.
    /// `drawnFor`: the endpoint's id, for what is drawn.
    MatchContext matching(std::string_view drawnFor, const NamedValues &parameters,
                          std::uint64_t ordinal) const
    {
        return {view,          parameters,
                ordinal,       moment.wall,
                m_scenario,    m_server.values.get(),
                m_server.base, draw(m_server.seed, m_server.id, drawnFor, ordinal, "rules")};
    }

    const http::RequestHead &head() const { return view.request().head; }

    const RequestView view;
    const Moment moment;
    const Anticipation *const anticipated; ///< null: nothing was decided at its head

private:
    const ServerFacts &m_server;
    std::function<std::string(std::string_view, const MatchContext &)> m_scenario;
};

} // namespace understudy
