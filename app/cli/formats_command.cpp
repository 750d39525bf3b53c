// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/console.h"
#include "core/formats/format.h"

#include <algorithm>

namespace understudy::cli {
namespace {

constexpr CommandSpec formatsSpec{
    "formats",
    "",
    "List the file formats: name, direction, files, description, what is kept.",
    {},
    {}};

std::string padded(std::string_view text, std::size_t width)
{
    std::string cell(text);
    cell.resize(std::max(cell.size(), width), ' ');
    return cell;
}

std::string_view direction(const formats::FormatInfo &format)
{
    if (format.canImport && format.canExport)
        return "import, export";
    return format.canImport ? "import" : "export";
}

int runFormats(const Arguments &arguments)
{
    if (!arguments.operands().empty())
        return refuse(formatsSpec.name, "takes no operands");
    std::size_t idWidth = 0;
    std::size_t filesWidth = 0;
    std::size_t nameWidth = 0;
    for (const formats::FormatInfo &format : formats::allFormats()) {
        idWidth = std::max(idWidth, format.id.size());
        filesWidth = std::max(filesWidth, format.files.size());
        nameWidth = std::max(nameWidth, format.name.size());
    }
    for (const formats::FormatInfo &format : formats::allFormats()) {
        printLine(padded(format.id, idWidth) + "  " + padded(direction(format), 14) + "  "
                  + padded(format.files, filesWidth) + "  " + padded(format.name, nameWidth)
                  + "  kept: " + std::string(format.kept));
    }
    return Done;
}

} // namespace

Command formatsCommand() { return {formatsSpec, runFormats}; }

} // namespace understudy::cli
