// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <string>
#include <utility>
#include <vector>

namespace understudy::formats::mockoon {

/// Collects what an import has to say. `subject` in front of each message tells whose it is: "GET
/// /users/:id", "GET /users/:id, response 'Found'". Boost.JSON knows no lines, so the place is the
/// file alone.
class Notes
{
public:
    explicit Notes(std::string file)
        : m_file(std::move(file))
    {}

    /// Understood, but not as it stands there: repaired, read as its author meant it, or expressed
    /// in another way.
    void changed(const std::string &subject, const std::string &message)
    {
        add(Severity::Note, ErrorCode::Invalid, subject, message);
    }

    /// Kept in the document, without effect in this version.
    void notServed(const std::string &subject, const std::string &message)
    {
        add(Severity::Warning, ErrorCode::Unsupported, subject, message);
    }

    std::vector<Problem> take() { return std::move(m_problems); }

private:
    void add(Severity severity, ErrorCode code, const std::string &subject,
             const std::string &message)
    {
        m_problems.push_back(
            {severity,
             {code, subject.empty() ? message : subject + ": " + message, {m_file, 0, 0}}});
    }

    std::string m_file;
    std::vector<Problem> m_problems;
};

} // namespace understudy::formats::mockoon
