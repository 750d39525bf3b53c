// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/redaction_settings.h"

#include <QGridLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>

namespace understudy::ui {

namespace {

QStringList namesOf(const QPlainTextEdit *list)
{
    QStringList out;
    for (const QString &line : list->toPlainText().split(u'\n')) {
        if (const QString name = line.trimmed(); !name.isEmpty() && !out.contains(name))
            out << name;
    }
    return out;
}

} // namespace

RedactionSettings::RedactionSettings(const TrafficRedaction &redaction, QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("redactionSettings"));
    auto *grid = new QGridLayout(this);
    auto *intro = new QLabel(tr("Exported traffic (HAR) goes without the values of these names. "
                                "One name a line."));
    intro->setWordWrap(true);
    grid->addWidget(intro, 0, 0, 1, 3);
    m_headers = addList(grid, 0, "redactedHeadersEdit", tr("Headers"));
    m_parameters = addList(grid, 1, "redactedParametersEdit", tr("Query parameters"));
    m_members = addList(grid, 2, "redactedMembersEdit", tr("JSON and form members"));
    auto *note = new QLabel(tr("Letter case does not count; in parameters and members, - and _ "
                               "do not either. Copy as cURL keeps everything."));
    note->setWordWrap(true);
    note->setForegroundRole(QPalette::PlaceholderText);
    grid->addWidget(note, 3, 0, 1, 2);
    auto *reset = new QPushButton(tr("Restore defaults"));
    reset->setObjectName(QStringLiteral("redactionResetButton"));
    reset->setAccessibleName(tr("Restore the default lists of names"));
    reset->setAutoDefault(false);
    grid->addWidget(reset, 3, 2, Qt::AlignRight | Qt::AlignTop);
    show(redaction);
    for (const QPlainTextEdit *list : {m_headers, m_parameters, m_members})
        connect(list, &QPlainTextEdit::textChanged, this,
                [this] { Q_EMIT chosen(this->redaction()); });
    connect(reset, &QPushButton::clicked, this, [this] {
        show({});
        Q_EMIT chosen({});
    });
}

QPlainTextEdit *RedactionSettings::addList(QGridLayout *grid, int column, const char *objectName,
                                           const QString &title)
{
    auto *list = new QPlainTextEdit;
    list->setObjectName(QString::fromLatin1(objectName));
    list->setAccessibleName(tr("%1 whose values are left out").arg(title));
    list->setTabChangesFocus(true);
    list->setLineWrapMode(QPlainTextEdit::NoWrap);
    auto *label = new QLabel(title);
    label->setBuddy(list);
    grid->addWidget(label, 1, column);
    grid->addWidget(list, 2, column);
    return list;
}

void RedactionSettings::show(const TrafficRedaction &redaction)
{
    const std::pair<QPlainTextEdit *, const QStringList &> lists[]{
        {m_headers, redaction.headers},
        {m_parameters, redaction.parameters},
        {m_members, redaction.members}};
    for (const auto &[list, names] : lists) {
        const QSignalBlocker blocker(list);
        list->setPlainText(names.join(u'\n'));
    }
}

TrafficRedaction RedactionSettings::redaction() const
{
    return {namesOf(m_headers), namesOf(m_parameters), namesOf(m_members)};
}

} // namespace understudy::ui
