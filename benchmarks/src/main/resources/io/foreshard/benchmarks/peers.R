# Forecasts of R's package forecast for the series of a file: one per line, values separated by commas.
# Arguments: input, output, season, horizon. Writes "seconds,METHOD,S" and "METHOD,v1,v2,..." in the order of the input.
arguments <- commandArgs(trailingOnly = TRUE)
suppressPackageStartupMessages(library(forecast))
season <- as.integer(arguments[3])
horizon <- as.integer(arguments[4])
lines <- readLines(arguments[1])
output <- file(arguments[2], "w")
methods <- list(
    snaive = function(y) snaive(y, h = horizon)$mean,
    thetaf = function(y) thetaf(y, h = horizon)$mean,
    stl_ets = function(y) stlf(y, h = horizon, method = "ets", robust = FALSE)$mean)
for (name in names(methods)) {
    started <- proc.time()[["elapsed"]]
    for (line in lines) {
        y <- ts(as.numeric(strsplit(line, ",")[[1]]), frequency = season)
        # A method that cannot be fitted falls back on the last season, as its users would.
        mean <- tryCatch(methods[[name]](y), error = function(e) snaive(y, h = horizon)$mean)
        writeLines(paste(c(name, format(as.numeric(mean), digits = 10)), collapse = ","), output)
    }
    writeLines(paste("seconds", name, proc.time()[["elapsed"]] - started, sep = ","), output)
}
close(output)
