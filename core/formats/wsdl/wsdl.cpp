// SPDX-License-Identifier: Apache-2.0
#include "core/formats/wsdl/wsdl.h"

#include "core/formats/format_table.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/translation.h"
#include "core/formats/wsdl/operation.h"
#include "core/model/edit.h"

namespace understudy::formats::wsdl {

namespace {

constexpr std::string_view kDescriptionFormat = "wsdl";
constexpr std::string_view kWsdlSpace = "http://schemas.xmlsoap.org/wsdl/";

} // namespace

bool recognise(const Source &source)
{
    const std::string_view text = source.text();
    const std::size_t first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    return first != std::string_view::npos && text[first] == '<'
           && text.find(kWsdlSpace) != std::string_view::npos
           && text.find("definitions") != std::string_view::npos;
}

LoadOutcome import(const Source &source)
{
    const std::string file = source.file().string();
    auto root = parseXml(source.text(), file);
    if (!root)
        return failed(root.error());
    const Place at{file, root->at.line, root->at.column};
    if (root->name.local != "definitions" || root->name.space != kWsdlSpace)
        return failed(
            {root->name.local == "description" ? ErrorCode::Unsupported : ErrorCode::Invalid,
             "this is no description of WSDL 1.1, whose element is 'definitions'; WSDL "
             "2.0 is not read",
             at});
    const std::string named = recorded::oneLine(std::string(root->value("name")));
    Notes notes(file);
    const Documents documents(*std::move(root), source.file(), notes);
    std::vector<Endpoint> endpoints = readOperations(documents, notes);
    if (endpoints.empty())
        return failed({ErrorCode::Invalid,
                       "this description has no operation to serve: it needs a 'service' with a "
                       "port whose binding is SOAP 1.1 or 1.2",
                       at});
    LoadedServer loaded{{}, kDescriptionFormat, source.file(), {}};
    loaded.server.name = named.empty() ? recorded::oneLine(source.file().stem().string()) : named;
    if (loaded.server.name.empty())
        loaded.server.name = "WSDL";
    loaded.server.items = itemsInOrder(std::move(endpoints));
    assignIds(loaded.server);
    loaded.problems = notes.take();
    return succeeded(std::move(loaded));
}

} // namespace understudy::formats::wsdl
