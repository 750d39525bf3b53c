// SPDX-License-Identifier: Apache-2.0
#include "core/workspace/fetched_import.h"

#include "core/wire/document_fetch.h"
#include "core/workspace/named_files.h"

namespace understudy::workspace {

formats::LoadOutcome loadFetched(const wire::FetchedDocument &document,
                                 const formats::LoadOptions &options)
{
    formats::LoadOutcome outcome = formats::loadText(document.text, document.place, options);
    for (formats::LoadedServer &loaded : outcome.servers) {
        const std::set<std::string> files = namedFiles(loaded.server);
        if (files.empty())
            continue;
        std::string said
            = "answers are read from files, which a URL does not bring along: " + *files.begin();
        if (files.size() > 1)
            said += " and " + std::to_string(files.size() - 1) + " more";
        said += "; copy them beside the mock file";
        loaded.problems.push_back(
            {Severity::Warning, {ErrorCode::Unsupported, std::move(said), {document.url, 0, 0}}});
    }
    return outcome;
}

} // namespace understudy::workspace
