// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/line_diff.h"

#include <algorithm>

namespace understudy::ui {

namespace {

/// Of the table of common subsequences: 16 MB.
constexpr qsizetype kMostCells = 4'000'000;

/// How many lines are common to the rest of both texts, by where the rests begin.
class CommonLines
{
public:
    CommonLines(const QStringList &before, const QStringList &after)
        : m_columns(after.size() + 1)
        , m_cells(static_cast<std::size_t>((before.size() + 1) * m_columns))
    {
        for (qsizetype i = before.size() - 1; i >= 0; --i) {
            for (qsizetype k = after.size() - 1; k >= 0; --k)
                cell(i, k) = before[i] == after[k] ? cell(i + 1, k + 1) + 1
                                                   : std::max(cell(i + 1, k), cell(i, k + 1));
        }
    }

    int &cell(qsizetype i, qsizetype k)
    {
        return m_cells[static_cast<std::size_t>(i * m_columns + k)];
    }

private:
    qsizetype m_columns;
    std::vector<int> m_cells;
};

/// What lies between the common ends.
void diffMiddle(const QStringList &before, const QStringList &after, std::vector<DiffLine> &out)
{
    qsizetype i = 0;
    qsizetype k = 0;
    if ((before.size() + 1) * (after.size() + 1) <= kMostCells) {
        CommonLines common(before, after);
        while (i < before.size() && k < after.size()) {
            if (before[i] == after[k]) {
                out.push_back({DiffLine::Kind::Same, before[i++]});
                ++k;
            } else if (common.cell(i + 1, k) >= common.cell(i, k + 1)) {
                out.push_back({DiffLine::Kind::Removed, before[i++]});
            } else {
                out.push_back({DiffLine::Kind::Added, after[k++]});
            }
        }
    }
    while (i < before.size())
        out.push_back({DiffLine::Kind::Removed, before[i++]});
    while (k < after.size())
        out.push_back({DiffLine::Kind::Added, after[k++]});
}

} // namespace

std::vector<DiffLine> diffLines(const QStringList &before, const QStringList &after)
{
    qsizetype head = 0;
    const qsizetype shorter = std::min(before.size(), after.size());
    while (head < shorter && before[head] == after[head])
        ++head;
    qsizetype tail = 0;
    while (tail < shorter - head
           && before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
        ++tail;
    std::vector<DiffLine> out;
    for (qsizetype i = 0; i < head; ++i)
        out.push_back({DiffLine::Kind::Same, before[i]});
    diffMiddle(before.mid(head, before.size() - head - tail),
               after.mid(head, after.size() - head - tail), out);
    for (qsizetype i = before.size() - tail; i < before.size(); ++i)
        out.push_back({DiffLine::Kind::Same, before[i]});
    return out;
}

} // namespace understudy::ui
