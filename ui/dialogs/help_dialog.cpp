// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/help_dialog.h"

#include <QFile>
#include <QHBoxLayout>
#include <QListWidget>
#include <QRegularExpression>
#include <QTextBrowser>

namespace understudy::ui {

namespace {

/// In reading order; the title is the page's first heading.
const QStringList kPages{
    QStringLiteral("mock-file"),      QStringLiteral("templates"),     QStringLiteral("scripts"),
    QStringLiteral("faults"),         QStringLiteral("fault-clients"), QStringLiteral("tls"),
    QStringLiteral("traffic-filter"), QStringLiteral("formats"),       QStringLiteral("mockoon"),
    QStringLiteral("control-plane"),  QStringLiteral("security")};

QString readPage(const QString &name)
{
    QFile file(QStringLiteral(":/help/%1.md").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString text = QString::fromUtf8(file.readAll());
    static const QRegularExpression comment(QStringLiteral("<!--.*?-->\\s*"),
                                            QRegularExpression::DotMatchesEverythingOption);
    return text.remove(comment);
}

QString titleOf(const QString &text)
{
    const QString line = text.section(QLatin1Char('\n'), 0, 0);
    return line.startsWith(QLatin1String("# ")) ? line.mid(2) : line;
}

} // namespace

HelpDialog::HelpDialog(QWidget *parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("helpDialog"));
    setWindowTitle(tr("Understudy help"));
    m_pages = new QListWidget(this);
    m_pages->setObjectName(QStringLiteral("helpPageList"));
    m_pages->setAccessibleName(tr("Help pages"));
    m_text = new QTextBrowser(this);
    m_text->setObjectName(QStringLiteral("helpText"));
    m_text->setAccessibleName(tr("Help text"));
    m_text->setOpenLinks(false);
    for (const QString &page : kPages)
        m_pages->addItem(titleOf(readPage(page)));
    m_pages->setMaximumWidth(m_pages->sizeHintForColumn(0) + 4 * fontMetrics().averageCharWidth());

    auto *layout = new QHBoxLayout(this);
    layout->addWidget(m_pages);
    layout->addWidget(m_text, 1);
    resize(fontMetrics().averageCharWidth() * 130, fontMetrics().height() * 40);
    connect(m_pages, &QListWidget::currentRowChanged, this, &HelpDialog::showRow);
    m_pages->setCurrentRow(0);
}

void HelpDialog::showPage(const QString &name)
{
    m_pages->setCurrentRow(static_cast<int>(kPages.indexOf(name)));
}

void HelpDialog::showRow(int row)
{
    if (row >= 0 && row < kPages.size())
        m_text->setMarkdown(readPage(kPages[row]));
}

} // namespace understudy::ui
