// SPDX-License-Identifier: Apache-2.0
#include "core/workspace/mock_file.h"

#include "core/base/files.h"
#include "core/formats/native/native.h"

#include <utility>

namespace understudy::workspace {

bool MockFile::read(const std::string &newText, const std::string &name)
{
    formats::native::ReadOutcome outcome = formats::native::read(newText, name);
    text = newText;
    problems.clear();
    if (outcome.ok()) {
        saved = std::make_shared<Server>(std::move(outcome.server));
        base = saved;
        baseText = newText;
        return true;
    }
    for (Problem &problem : outcome.problems) {
        if (problem.severity == Severity::Error)
            problems.push_back(std::move(problem));
    }
    return false;
}

std::string MockFile::editedText(const Server &value) const
{
    return base ? formats::native::patch(baseText, *base, value) : formats::native::write(value);
}

Result<MockFile::Saved> MockFile::save(const std::filesystem::path &file, const ServerValue &value)
{
    const auto onDisk = files::readFile(file);
    if (onDisk && !text.empty() && *onDisk != text)
        return Saved::ChangedOutside;
    std::string edited = editedText(*value);
    if (const auto written = files::writeFile(file, edited); !written)
        return written.error();
    text = std::move(edited);
    saved = value;
    return Saved::Yes;
}

} // namespace understudy::workspace
