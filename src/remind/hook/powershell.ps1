# askfirst: one line when a check-in is due, at most every four hours.
# For $PROFILE:  Invoke-Expression (& askfirst hook powershell | Out-String)
function global:__askfirst_prompt {
    $file = @NEXT@
    $program = @PROGRAM@
    $now = if ($env:ASKFIRST_EPOCH) { [long]$env:ASKFIRST_EPOCH }
        else { [DateTimeOffset]::UtcNow.ToUnixTimeSeconds() }
    $line = if ([IO.File]::Exists($file)) { [IO.File]::ReadAllText($file).Split("`n")[0] } else { '' }
    $due = $true
    if ($line -match '^(none|[0-9]{1,12}) ([0-9]{1,12})$') {
        # Something in the future: the clock went back since.
        $due = ([long]$Matches[2] -gt $now + 3600) -or
            ($Matches[1] -ne 'none' -and [long]$Matches[1] -le $now)
    }
    # Where the program could not write down that it was asked, it rests as well.
    $rests = $line -eq $global:__askfirst.Seen -and $now -lt $global:__askfirst.Again
    if ($due -and -not $rests -and [IO.File]::Exists($program)) {
        $global:__askfirst.Seen = $line
        $global:__askfirst.Again = $now + 14400
        & $program due --hook 2>$null | Out-Host
    }
}
if (-not (Get-Variable __askfirst -Scope Global -ErrorAction Ignore)) {
    $global:__askfirst = @{ Seen = $null; Again = 0; Prompt = $function:prompt }
    function global:prompt {
        $ok = $?
        $code = $global:LASTEXITCODE
        try { __askfirst_prompt } catch { $null = $Error.Count -and $Error.RemoveAt(0) }
        $global:LASTEXITCODE = $code
        # The prompt that was there before sees what it would have seen.
        if (-not $ok) { Write-Error 'x' -ErrorAction Ignore }
        & $global:__askfirst.Prompt
    }
}
