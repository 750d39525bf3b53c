// SPDX-License-Identifier: Apache-2.0
#include "core/engine/file_template.h"

#include "core/base/files.h"
#include "core/template/dialects.h"

namespace understudy {

Result<std::shared_ptr<const handlebars::Template>> FileTemplates::find(const FileBody &file,
                                                                        Dialect dialect)
{
    const auto opened = files::openInside(file.folder, file.shownPath, file.allowOutside);
    if (!opened)
        return opened.error();
    const std::string key = file.shownPath + '\n' + std::to_string(opened->modifiedSeconds()) + '-'
                            + std::to_string(opened->modifiedNanoseconds()) + '-'
                            + std::to_string(opened->size());
    {
        const std::lock_guard lock(m_mutex);
        if (m_last && m_key == key)
            return m_last;
    }
    const auto content = opened->readAll();
    if (!content)
        return Error{ErrorCode::System, content.error().message, {}};
    auto compiled = handlebars::Template::compile(*content, templateOptions(dialect));
    if (!compiled)
        return compiled.error();
    const std::lock_guard lock(m_mutex);
    m_key = key;
    m_last = std::make_shared<const handlebars::Template>(*std::move(compiled));
    return m_last;
}

} // namespace understudy
