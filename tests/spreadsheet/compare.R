# Reads the tables of an export without options, and compares each cell with the text in the file:
# `Rscript compare.R EXPORT`. The rule for numbers is that of compare.py.
folder <- commandArgs(trailingOnly = TRUE)[1]
shortest <- "^-?(0|[1-9][0-9]*)([.][0-9]*[1-9])?(e-[0-9]+)?$"
compared <- 0
for (path in Sys.glob(file.path(folder, c("*.csv", "statistics/*.csv")))) {
  read <- read.csv(path)
  written <- read.csv(path, colClasses = "character", na.strings = character(), check.names = FALSE)
  stopifnot(identical(names(read), names(written)), nrow(read) == nrow(written))
  for (column in names(written)) {
    cells <- written[[column]]
    given <- cells != ""
    if (is.numeric(read[[column]])) {
      right <- grepl(shortest, cells[given]) & as.numeric(cells[given]) == read[[column]][given]
    } else {
      right <- cells[given] == as.character(read[[column]][given])
    }
    wrong <- cells[given][is.na(right) | !right]
    if (length(wrong) > 0) stop(path, ", ", column, ": ", wrong[1], " was read as another cell", call. = FALSE)
    compared <- compared + length(cells)
  }
}
recommendations <- read.csv(file.path(folder, "recommendations.csv"))
stopifnot("para. 6.10" %in% recommendations$paragraph, "C\u00f4te d'Ivoire" %in% recommendations$state_under_review,
          any(grepl("T\u00fcrkiye", recommendations$recommending_states)))
cat(compared, "cells are the same in R\n")
