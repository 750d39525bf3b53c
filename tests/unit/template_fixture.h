// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/template/dialects.h"
#include "core/template/render_scope.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace understudy::test {

/// Renders templates as the answer to one request, which a test fills in.
class RenderedForRequest : public testing::Test
{
protected:
    RenderedForRequest()
    {
        ::setenv("TZ", "UTC", 1);
        ::tzset();
    }

    /// What it comes to, or "not compiled: …", "failed: …".
    std::string rendered(std::string_view text, Dialect dialect, std::uint64_t seed = 42) const
    {
        const auto compiled = handlebars::Template::compile(text, templateOptions(dialect));
        if (!compiled)
            return "not compiled: " + compiled.error().message;
        const RequestView view(m_request, m_facts);
        const std::function<std::string(std::string_view, const MatchContext &)> scenario
            = [](std::string_view, const MatchContext &) { return std::string("Started"); };
        const MatchContext context{view, m_parameters, 7, {}, scenario};
        handlebars::RenderScope scope;
        scope.request = &context;
        scope.base = "/api";
        scope.chance = seed;
        scope.now = WallTime(std::chrono::seconds(1'790'000'000)); // 2026-09-21T14:13:20Z
        std::string out;
        const auto done = compiled->render(out, handlebars::Value(JsonObject()), &scope);
        return done ? out : "failed: " + done.error().message;
    }

    http::Request m_request;
    ConnectionFacts m_facts{"127.0.0.1", 3000, false};
    NamedValues m_parameters;
};

} // namespace understudy::test
