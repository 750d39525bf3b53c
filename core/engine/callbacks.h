// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/outbound_request.h"
#include "core/engine/template_text.h"
#include "core/http/request.h"
#include "core/model/server.h"

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace understudy {

/// The callbacks of one response, ready to be made for a request. Immutable; any thread.
class Callbacks
{
public:
    /// Null where there are none.
    static std::shared_ptr<const Callbacks>
    compile(const Response &response, const std::filesystem::path &folder, bool allowOutside);

    /// Renders them. `own`: what an address that begins with a slash is put behind; `depth`: how
    /// many callbacks led to the request; at kMaxDepth no more are sent.
    std::vector<OutboundRequest> make(handlebars::RenderScope &scope, const std::string &own,
                                      unsigned depth) const;
    static constexpr unsigned kMaxDepth = 100;

    /// A sentence for each template that is none, with what it is of: ("callbacks.0.url", "…").
    const std::vector<std::pair<std::string, std::string>> &problems() const { return m_problems; }

    /// What a finding about the callback of that number, from 0, begins with: "callbacks.0.".
    static std::string fieldOf(std::size_t index)
    {
        return "callbacks." + std::to_string(index) + '.';
    }

private:
    struct Row
    {
        Callback source;
        TemplateText url;
        std::vector<std::pair<std::string, TemplateText>> headers;
        TemplateText body;
        TemplateText method{};
        TemplateParameters parameters{};
    };

    TemplateText read(const Callback &callback, const std::string &text, const std::string &field);
    Result<std::string> bodyOf(const Row &row, handlebars::RenderScope &scope,
                               std::string &type) const;
    static Result<void> sign(const Row &row, OutboundRequest &out);
    Result<void> fill(const Row &row, handlebars::RenderScope &scope, const std::string &own,
                      OutboundRequest &out) const;

    std::vector<Row> m_rows;
    std::filesystem::path m_folder;
    bool m_allowOutside = false;
    std::vector<std::pair<std::string, std::string>> m_problems;
};

/// How many callbacks led to a request, as its header says.
unsigned callbackDepth(const http::RequestHead &head);

} // namespace understudy
