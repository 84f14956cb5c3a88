# Two questions to a list of recommendations, in base R:
# what is it about and how was it answered, and which issues are noted most?
#
#   cargo run --release --example summary -- --statistics --out out
#   Rscript examples/analysis.R out
#
# reads the tables in the folder out, prints two tables and draws them into out/analysis.pdf. examples/notebook.ipynb
# answers these and three more in Python.

arguments <- commandArgs(trailingOnly = TRUE)
folder <- if (length(arguments) >= 1) arguments[1] else "out"
if (!file.exists(file.path(folder, "datapackage.json"))) {
  stop(folder, " holds no export; the first lines of this script say how to write one", call. = FALSE)
}

# A table of the export. An empty cell stays empty text, and a cell that a spreadsheet would take for a formula, a number
# or a date loses the apostrophe before it, as do such pieces after a semicolon or a line end; only then do the offsets of the evidence fit.
read_table <- function(name) {
  table <- read.csv(file.path(folder, name), colClasses = "character", na.strings = character(), quote = "\"",
                    comment.char = "", check.names = FALSE, encoding = "UTF-8")
  # R skips the byte-order mark in a UTF-8 locale only
  names(table)[1] <- sub("^[^a-z]+", "", names(table)[1])
  guard <- "^'(?='*([=+@\t\r\n-]|(?=.*[0-9])[A-Za-z0-9 .,:/()%$-]+$))"
  piece <- "(?<=[;\t\r\n])'(?='*[ \"]*[=+@-])"
  table[] <- lapply(table, function(column) gsub(piece, "", sub(guard, "", column, perl = TRUE), perl = TRUE))
  table
}

count <- function(column) as.integer(column)
short <- function(label, most) ifelse(nchar(label) > most, paste0(substr(label, 1, most - 3), "..."), label)
options(width = 120)

recommendations <- read_table("recommendations.csv")
issues <- read_table("counts_by_issue.csv")
positions <- c("supported", "supported_in_part", "noted", "pending", "other_position", "not_given")
numbers <- c("recommendations", "recommendation_x_state", positions)
issues[numbers] <- lapply(issues[numbers], count)
issues <- issues[issues$issue != "untagged" & issues$recommendations > 0, ]

# what may be wrong with the files, or was not read
warnings <- read_table("warnings.csv")
cat(sprintf("Warning: %s: %s\n", warnings$source_file, warnings$warning), sep = "")

# every match of a rule stands in its text; R counts characters from 1
evidence <- read_table("evidence.csv")
text <- recommendations$text[match(evidence$id, recommendations$id)]
# R reads two characters that end a line within a cell as one, so that offsets in such texts are no longer right
plain <- !grepl("[\r\n]", text)
stopifnot(substr(text, count(evidence$start) + 1, count(evidence$end))[plain] == evidence$matched[plain])
cat(nrow(recommendations), "recommendations;", sum(plain), "matches stand in their texts, word for word\n")

# 1. What is it about, and how was it answered? Unit: recommendations; each counts under all of its issues
largest <- head(issues[order(-issues$recommendations), ], 15)
cat("\nThe issues with the most recommendations (unit: recommendations)\n")
print(largest[c("label", "recommendations", "supported", "supported_in_part", "noted")], row.names = FALSE)

# 2. Which issues are noted most? Of those that were answered; issues with ten answers or more
issues$answered <- issues$supported + issues$supported_in_part + issues$noted
noted <- issues[issues$answered >= 10, ]
# prop.test without its correction gives Wilson's score interval
wilson <- function(part, whole) {
  limits <- mapply(function(x, n) suppressWarnings(prop.test(x, n, correct = FALSE))$conf.int, part, whole)
  data.frame(share = part / whole, lower = limits[1, ], upper = limits[2, ])
}
if (nrow(noted) > 0) {
  noted <- cbind(noted, wilson(noted$noted, noted$answered))
  noted <- head(noted[order(-noted$share, -noted$answered), ], 15)
  cat("\nThe issues that were noted most (unit: recommendations that were answered; 95% Wilson interval)\n")
  shown <- noted[c("label", "noted", "answered", "share", "lower", "upper")]
  shown[4:6] <- round(shown[4:6], 3)
  print(shown, row.names = FALSE)
}

# with --statistics the export holds the shares supported with the same interval: both must agree
rates_file <- file.path("statistics", "rates_by_issue.csv")
if (file.exists(file.path(folder, rates_file))) {
  rates <- read_table(rates_file)
  rates <- rates[count(rates$answered) > 0, ]
  ours <- wilson(count(rates$supported), count(rates$answered))
  theirs <- data.frame(lapply(rates[c("share_supported", "lower", "upper")], as.numeric))
  stopifnot(max(abs(as.matrix(ours) - as.matrix(theirs))) < 1e-9)
  cat("\n", nrow(rates), " intervals agree with those of upr\n", sep = "")
}

# Okabe and Ito's colours, which colour-blind readers can tell apart
colours <- c("#009E73", "#E69F00", "#D55E00", "#999999")
file <- file.path(folder, "analysis.pdf")
pdf(file, width = 10, height = 6.5)
par(mar = c(4.5, 22, 3, 2))
if (nrow(largest) > 0) {
  other <- largest$pending + largest$other_position + largest$not_given
  bars <- t(as.matrix(cbind(largest[c("supported", "supported_in_part", "noted")], other)))
  bars <- bars[, rev(seq_len(ncol(bars))), drop = FALSE]
  barplot(bars, horiz = TRUE, names.arg = rev(short(largest$label, 46)), las = 1, col = colours, border = NA,
          main = "The issues with the most recommendations, and their answers",
          xlab = "recommendations (each counts under all of its issues)")
  mtext("issue", side = 2, line = 20)
  legend("bottomright", c("supported", "supported in part", "noted", "other"), fill = colours, border = NA, bty = "n")
}
if (nrow(noted) > 0) {
  heights <- rev(seq_len(nrow(noted)))
  plot(100 * noted$share, heights, xlim = c(0, 100), yaxt = "n", pch = 19, col = colours[3], ylab = "",
       main = "The issues that were noted most",
       xlab = "percent noted of the recommendations that were answered (95% Wilson interval)")
  segments(100 * noted$lower, heights, 100 * noted$upper, heights, col = colours[3], lwd = 2)
  names <- sprintf("%s (%d of %d)", short(noted$label, 38), noted$noted, noted$answered)
  mtext("issue (noted, of answered)", side = 2, line = 20)
  axis(2, at = heights, labels = names, las = 1, tick = FALSE)
}
invisible(dev.off())
cat("\nWrote ", file, "\n", sep = "")
