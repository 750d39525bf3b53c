// SPDX-License-Identifier: Apache-2.0
#include "core/formats/insomnia/insomnia.h"

#include "core/formats/format_table.h"
#include "core/formats/insomnia/resources.h"
#include "core/formats/recorded/fields.h"

namespace understudy::formats::insomnia {

using recorded::fieldOf;
using recorded::textOf;

namespace {

bool isNested(const yaml::Node *root)
{
    const std::string type = textOf(root, "type");
    return type.find(".insomnia.rest/") != std::string::npos
           || type.starts_with("mcpClient.insomnia/");
}

bool isExportOfResources(const yaml::Node *root)
{
    return textOf(root, "_type") == "export" || fieldOf(root, "__export_format");
}

} // namespace

bool recognise(const Source &source)
{
    const std::string_view text = source.text();
    if (text.find("insomnia") == text.npos && text.find("__export_format") == text.npos
        && text.find("_type") == text.npos)
        return false;
    if (const Result<yaml::Node> &root = source.tree())
        return !source.find("understudy") && (isNested(&*root) || isExportOfResources(&*root));
    // A broken file is still Insomnia's.
    return text.find("\"__export_format\"") != text.npos
           || text.find("__export_format:") != text.npos
           || text.starts_with("type: collection.insomnia.rest/")
           || text.starts_with("type: mock.insomnia.rest/");
}

LoadOutcome import(const Source &source)
{
    const Result<yaml::Node> &root = source.tree();
    if (!root)
        return failed(root.error());
    const std::string file = source.file().string();
    if (isNested(&*root))
        return importNested(*root, source.file());
    const Place start{file, root->start.line, root->start.column};
    const double version = recorded::numberOf(&*root, "__export_format").value_or(4);
    if (version < 3)
        return failed({ErrorCode::Unsupported,
                       "an export of Insomnia of version 1 or 2: open it in Insomnia and export it "
                       "again",
                       start});
    const yaml::Node *resources = fieldOf(&*root, "resources");
    if (!resources || !resources->isList())
        return failed({ErrorCode::Invalid,
                       "this is no export of Insomnia: an export has the list 'resources', or a "
                       "'type' like collection.insomnia.rest/5.0",
                       start});
    return importResources(*root, source.file());
}

} // namespace understudy::formats::insomnia
