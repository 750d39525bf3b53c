// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/path_parameters.h"

#include <algorithm>
#include <cctype>

namespace understudy::formats::openapi {

namespace {

constexpr std::size_t kMostValues = 50;

/// The values of an enum as alternatives; empty where one of them would need quoting.
std::string alternativesOf(Element values)
{
    std::string out;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const yaml::Node &value = *values.entry(i).node;
        const bool isPlain = value.isScalar() && !value.text.empty()
                             && std::all_of(value.text.begin(), value.text.end(), [](char c) {
                                    return std::isalnum(static_cast<unsigned char>(c)) != 0
                                           || c == '_' || c == '-';
                                });
        if (!isPlain || i == kMostValues)
            return {};
        out += (out.empty() ? "" : "|") + value.text;
    }
    return out;
}

std::string regexOfSchema(Element schema)
{
    const std::string format = schema.text("format");
    if (format == "uuid")
        return "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}";
    if (schema.text("type") == "integer")
        return "-?[0-9]+";
    const Element values = schema.at("enum");
    return values.isList() ? alternativesOf(values) : std::string();
}

} // namespace

Element pathParameter(Document &document, Element operation, Element pathItem,
                      const std::string &name)
{
    for (const Element holder : {operation, pathItem}) {
        const Element parameters = document.child(holder, "parameters");
        for (std::size_t i = 0; parameters.isList() && i < parameters.size(); ++i) {
            const Element parameter = document.resolve(parameters.entry(i));
            if (parameter.text("in") == "path" && parameter.text("name") == name)
                return document.isSwagger() ? parameter : document.child(parameter, "schema");
        }
    }
    return {};
}

std::vector<NarrowParameter> narrowParameters(Document &document, Element operation,
                                              Element pathItem, const std::string &path,
                                              const std::vector<std::string> &common)
{
    std::vector<NarrowParameter> out;
    for (std::string &name : namesInPath(path)) {
        if (std::find(common.begin(), common.end(), name) != common.end())
            continue;
        std::string regex = regexOfSchema(pathParameter(document, operation, pathItem, name));
        if (!regex.empty())
            out.emplace_back(std::move(name), std::move(regex));
    }
    return out;
}

std::string withNarrow(std::string path, const std::vector<NarrowParameter> &parameters)
{
    for (const auto &[name, regex] : parameters) {
        const std::string plain = "{" + name + "}";
        const std::size_t at = path.find(plain);
        if (at != std::string::npos)
            path.insert(at + plain.size() - 1, ':' + regex);
    }
    return path;
}

std::vector<std::string> namesInPath(const std::string &path)
{
    std::vector<std::string> out;
    std::size_t at = 0;
    for (std::size_t open = path.find('{'); open != std::string::npos; open = path.find('{', at)) {
        const std::size_t close = path.find('}', open);
        if (close == std::string::npos)
            break;
        out.push_back(path.substr(open + 1, close - open - 1));
        at = close;
    }
    return out;
}

std::string shapeOfPath(const std::string &path)
{
    std::string out;
    bool isName = false;
    for (const char c : path) {
        isName = c == '{' || (isName && c != '}');
        if (!isName || c == '{')
            out += c;
    }
    return out;
}

} // namespace understudy::formats::openapi
