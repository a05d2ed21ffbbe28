// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice The middle of a few numbers.
library Median {
    /// @notice The median; of an even count the lower of the two in the middle, so that it is always one of the numbers.
    /// @dev Sorts in place by insertion: a panel is small.
    function ofLower(uint256[] memory numbers) internal pure returns (uint256) {
        for (uint256 i = 1; i < numbers.length; ++i) {
            uint256 number = numbers[i];
            uint256 j = i;
            for (; j > 0 && numbers[j - 1] > number; --j) {
                numbers[j] = numbers[j - 1];
            }
            numbers[j] = number;
        }
        return numbers[(numbers.length - 1) / 2];
    }
}
