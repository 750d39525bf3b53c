// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/bucket_answer.h"
#include "core/engine/file_body.h"
#include "core/engine/file_template.h"
#include "core/engine/script_file.h"
#include "core/engine/template_text.h"
#include "core/http/response.h"
#include "core/model/server.h"
#include "core/template/render_scope.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace understudy {

/// A response that is made for each request: rendered, or from a bucket. Immutable; any thread.
class DynamicAnswer
{
public:
    /// Null for a response that is the same for all. `headers` are those of response and server
    /// together. What is broken is said by problems(), and by the answers.
    static std::shared_ptr<const DynamicAnswer> compile(const Response &response,
                                                        const http::HeaderList &headers,
                                                        const std::filesystem::path &folder,
                                                        bool allowOutside);

    struct Outcome
    {
        http::Response parts;         ///< without a body where `file` is the body
        std::optional<FileBody> file; ///< to be sent as it is
        std::string defaultType;      ///< where no header says another
        std::string error;            ///< what could not be served as configured
    };
    /// `crud`: the response is of such an endpoint.
    Outcome make(handlebars::RenderScope &scope, const std::optional<CrudPlace> &crud) const;

    /// A sentence for each template that is none, with what it is of: ("body", "…").
    const std::vector<std::pair<std::string, std::string>> &problems() const { return m_problems; }

private:
    TemplateText read(const std::string &text, std::string_view field);
    /// False where they make it another answer.
    /// Status and delay; false where they make it another answer.
    bool makeComputed(handlebars::RenderScope &scope, Outcome &out) const;
    bool makeHeaders(handlebars::RenderScope &scope, Outcome &out) const;
    void makeBody(handlebars::RenderScope &scope, Outcome &out) const;
    void makeFile(handlebars::RenderScope &scope, Outcome &out) const;
    void makeScript(handlebars::RenderScope &scope, Outcome &out) const;
    void makeBucket(handlebars::RenderScope &scope, const std::optional<CrudPlace> &crud,
                    Outcome &out) const;
    void fail(const Error &error, Outcome &out) const;
    static void setStatus(handlebars::RenderScope &scope, Outcome &out);

    Dialect m_dialect = Dialect::Native;
    bool m_isTemplate = false;
    int m_status = 200;
    std::optional<TemplateText> m_statusText; ///< instead of m_status
    std::optional<TemplateText> m_delay;
    std::string m_reason;
    std::vector<std::pair<std::string, TemplateText>> m_headers;
    Body::Kind m_kind = Body::Kind::None;
    TemplateParameters m_parameters;
    TemplateText m_body; ///< text, path or name of a bucket, by kind
    bool m_isDownload = false;
    std::shared_ptr<ScriptFile> m_script;   ///< of Kind::Script
    std::optional<TemplateText> m_notFound; ///< instead of a file that is not there
    std::shared_ptr<FileTemplates> m_files = std::make_shared<FileTemplates>();
    std::filesystem::path m_folder;
    bool m_allowOutside = false;
    std::vector<std::pair<std::string, std::string>> m_problems;
};

} // namespace understudy
