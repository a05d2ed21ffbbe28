// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrowErrors} from "../../contracts/interfaces/IEscrowErrors.sol";
import {DisappearingToken, FeeOnTransferToken, ShrinkingToken} from "../../contracts/mocks/tokens/OddBalances.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {TokenBase} from "./TokenBase.sol";

contract Token_FeeOnTransfer is TokenBase {
    function test_RevertWhen_LessArrives() public harmsNobody {
        FeeOnTransferToken token = new FeeOnTransferToken();
        _beginRefused(token, abi.encodeWithSelector(IEscrowErrors.UnexpectedTransfer.selector, 100e6, 99e6));
        vm.assertEq(token.balanceOf(buyer), PRICE, "buyer keeps the money");
    }

    function test_RevertWhen_LessArrivesAlthoughTheEscrowWasGivenSome() public harmsNobody {
        FeeOnTransferToken token = new FeeOnTransferToken();
        token.mint(address(escrow), 1e6);
        _beginRefused(token, abi.encodeWithSelector(IEscrowErrors.UnexpectedTransfer.selector, 100e6, 99e6));
    }
}

contract Token_Disappearing is TokenBase {
    function test_RevertWhen_BalanceFalls() public harmsNobody {
        DisappearingToken token = new DisappearingToken();
        token.mint(address(escrow), 5);
        _beginRefused(token, abi.encodeWithSelector(IEscrowErrors.UnexpectedTransfer.selector, 100e6, 0));
    }
}

contract Token_Shrinking is TokenBase {
    function test_WhenBalancesShrink_DealsInOtherTokensAreWhole() public harmsNobody {
        ShrinkingToken token = new ShrinkingToken();
        Terms memory shrunk = _begin(token);
        Terms memory whole = _funded(address(usd));
        token.shrinkTo(50);
        vm.prank(buyer);
        escrow.release(shrunk);
        vm.assertEq(token.balanceOf(seller), 0, "too little is there to pay");
        vm.assertEq(escrow.creditOf(address(token), seller), 97.5e6, "so it is owed");
        _releasesInFull(whole);
    }
}
