// SPDX-License-Identifier: GPL-3.0-or-later
// The pages of the body tab: text, binary, bucket.
#include "ui/panels/endpoint/body_tab.h"

#include "core/base/text.h"
#include "ui/panels/endpoint/body_file_page.h"
#include "ui/panels/endpoint/preview_pane.h"
#include "ui/services/text.h"
#include "ui/widgets/find_bar.h"
#include "ui/widgets/template_completer.h"
#include "ui/widgets/tool_button.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace understudy::ui {

BodyTab::BodyTab(QWidget *parent)
    : ResponseTab(parent)
    , m_kind(new QComboBox)
    , m_language(new QComboBox)
    , m_template(new QCheckBox(tr("Template")))
    , m_previewToggle(makeTextButton(QStringLiteral("previewButton"), "preview", tr("Preview")))
    , m_preview(new PreviewPane)
    , m_format(new QToolButton)
    , m_stack(new QStackedWidget)
    , m_editor(new BodyEditor)
    , m_completer(new TemplateCompleter(m_editor))
    , m_findBar(new FindBar(*m_editor))
    , m_chip(new QLabel)
    , m_position(new QLabel)
    , m_filePage(new BodyFilePage)
    , m_bucket(new QComboBox)
    , m_binaryInfo(new QLabel)
{
    setObjectName(QStringLiteral("bodyTab"));
    m_kind->setObjectName(QStringLiteral("bodyKindCombo"));
    m_kind->setAccessibleName(tr("Kind of body"));
    m_kind->addItem(tr("Text"), static_cast<int>(Body::Kind::Text));
    m_kind->addItem(tr("JSON value"), static_cast<int>(Body::Kind::Json));
    m_kind->addItem(tr("File"), static_cast<int>(Body::Kind::File));
    m_kind->addItem(tr("Binary"), static_cast<int>(Body::Kind::Base64));
    m_kind->addItem(tr("Script"), static_cast<int>(Body::Kind::Script));
    m_kind->addItem(tr("Empty"), static_cast<int>(Body::Kind::None));
    m_language->setObjectName(QStringLiteral("bodyLanguageCombo"));
    m_language->setAccessibleName(tr("Language of the text"));
    m_language->addItems({tr("JSON"), tr("XML"), tr("HTML"), tr("YAML"), tr("JavaScript"),
                          tr("CSS"), tr("Markdown"), tr("Plain text")});
    m_format->setObjectName(QStringLiteral("formatBodyButton"));
    m_format->setToolTip(tr("Indent the body anew (Ctrl+Shift+I)"));
    m_format->setAccessibleName(tr("Format body"));
    m_format->setIcon(QIcon::fromTheme(QStringLiteral("format-indent-more")));
    m_format->setAutoRaise(true);
    m_chip->setObjectName(QStringLiteral("bodyStatusChip"));
    m_chip->setAccessibleName(tr("Check of the body"));
    // A long message must not push the splitters around; its place is always to be seen.
    m_chip->setMinimumWidth(m_chip->fontMetrics().horizontalAdvance(QStringLiteral("✗ Ln 99, Co")));
    m_position->setObjectName(QStringLiteral("bodyPositionLabel"));
    m_position->setForegroundRole(QPalette::PlaceholderText);
    m_position->setMinimumWidth(1); // the first to give way

    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(m_kind);
    row->addWidget(m_language);
    row->addWidget(m_template);
    row->addStretch();
    row->addWidget(m_chip);
    row->addWidget(m_position);
    row->addWidget(m_previewToggle);
    row->addWidget(m_format);
    m_stack->addWidget(makeTextPage());
    m_stack->addWidget(m_filePage);
    m_stack->addWidget(makeBinaryPage());
    m_stack->addWidget(makeBucketPage());
    auto *note = new QLabel(tr("No body"));
    note->setObjectName(QStringLiteral("bodyNote"));
    note->setAlignment(Qt::AlignCenter);
    note->setForegroundRole(QPalette::PlaceholderText);
    m_stack->addWidget(note);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->setSpacing(5);
    layout->addLayout(row);
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->setObjectName(QStringLiteral("bodySplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_stack);
    splitter->addWidget(m_preview);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    layout->addWidget(splitter);
    makeTemplateRow();

    m_checkTimer.setSingleShot(true);
    m_checkTimer.setInterval(300);
    m_editor->installEventFilter(this);
    connect(m_kind, &QComboBox::activated, this, &BodyTab::changeKind);
    connect(m_language, &QComboBox::activated, this, [this](int index) {
        m_isLanguageChosen = true;
        m_editor->setLanguage(static_cast<BodyLanguage>(index));
        startCheck();
    });
    connect(m_format, &QToolButton::clicked, this, &BodyTab::format);
    connect(m_filePage, &BodyFilePage::pathChosen, this, [this](const QString &path) {
        Q_EMIT changeRequested(
            m_body.kind == Body::Kind::Script ? tr("Script") : tr("Body file"),
            [path = toStd(path)](Response &r) { r.body.content = path; },
            QStringLiteral("bodyFile"));
    });
    connect(m_filePage, &BodyFilePage::fileChanged, m_preview, &PreviewPane::refreshSoon);
    connect(m_editor, &BodyEditor::edited, this, &BodyTab::onEdited);
    connect(m_editor, &QsciScintilla::cursorPositionChanged, this, [this](int line, int column) {
        m_position->setText(tr("Ln %1, Col %2").arg(line + 1).arg(column + 1));
    });
    connect(&m_checkTimer, &QTimer::timeout, this, &BodyTab::startCheck);
    connect(&m_check, &QFutureWatcher<JsonCheck>::finished, this, [this] {
        if (m_check.future().resultCount() > 0) // none: it was taken back
            showCheck(m_check.result());
    });
}

QWidget *BodyTab::makeTextPage()
{
    auto *page = new QFrame;
    page->setFrameShape(QFrame::StyledPanel);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    layout->addWidget(m_editor);
    layout->addWidget(m_findBar);
    return page;
}

QWidget *BodyTab::makeBucketPage()
{
    auto *page = new QWidget;
    m_bucket->setObjectName(QStringLiteral("bodyBucketCombo"));
    m_bucket->setAccessibleName(tr("Bucket that is sent"));
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addWidget(m_bucket, 0, Qt::AlignLeft);
    layout->addStretch();
    connect(m_bucket, &QComboBox::activated, this, [this](int index) {
        const std::string name = toStd(m_bucket->itemText(index));
        if (name != m_body.content)
            Q_EMIT changeRequested(
                tr("Bucket"), [name](Response &r) { r.body.content = name; },
                QStringLiteral("bodyBucket"));
    });
    return page;
}

QWidget *BodyTab::makeBinaryPage()
{
    auto *page = new QWidget;
    m_binaryInfo->setObjectName(QStringLiteral("bodyBinaryInfo"));
    m_binaryInfo->setAlignment(Qt::AlignCenter);
    auto *load = new QPushButton(tr("Load from File…"));
    load->setObjectName(QStringLiteral("bodyBinaryLoadButton"));
    auto *layout = new QVBoxLayout(page);
    layout->addStretch();
    layout->addWidget(m_binaryInfo);
    layout->addWidget(load, 0, Qt::AlignHCenter);
    layout->addStretch();
    connect(load, &QPushButton::clicked, this, [this] {
        const QString name = QFileDialog::getOpenFileName(this, tr("Binary body"), m_folder);
        QFile file(name);
        if (name.isEmpty())
            return;
        if (!file.open(QIODevice::ReadOnly) || file.size() > (64 << 20)) {
            m_binaryInfo->setText(tr("%1 cannot be read, or is larger than 64 MB").arg(name));
            return;
        }
        const std::string content = text::encodeBase64(file.readAll().toStdString());
        Q_EMIT changeRequested(tr("Load binary body"),
                               [content](Response &r) { r.body.content = content; }, {});
    });
    return page;
}

} // namespace understudy::ui
