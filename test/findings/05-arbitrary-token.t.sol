// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {IEscrowErrors} from "../../contracts/interfaces/IEscrowErrors.sol";
import {LowLevelEscrow} from "../../contracts/mocks/faulty/Deposits.sol";
import {IdlePermitToken} from "../../contracts/mocks/tokens/OddReturns.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {FindingBase} from "./FindingBase.sol";

/// @notice Says yes to a transfer and moves nothing.
contract YesToken {
    function balanceOf(address) external pure returns (uint256) {
        return 0;
    }

    fallback() external {
        assembly ("memory-safe") {
            mstore(0, 1)
            return(0, 32)
        }
    }
}

/// @notice Finding 5: the token of a deal is any address: none at all, one that lies, or a good one with coins sent along.
contract Finding05_ArbitraryToken is FindingBase {
    function test_EscrowRefusesAnAddressWithoutCode() public {
        _refused(address(0xC0DE1E55), 0, _notAToken(address(0xC0DE1E55)));
    }

    function test_EscrowRefusesATokenThatLies() public {
        bytes memory reason = abi.encodeWithSelector(IEscrowErrors.UnexpectedTransfer.selector, PRICE, 0);
        _refused(address(new YesToken()), 0, reason);
    }

    function test_EscrowRefusesCoinsWithAToken() public {
        IdlePermitToken token = new IdlePermitToken();
        _give(address(token), buyer, PRICE, address(escrow));
        _refused(address(token), 1, abi.encodeWithSelector(IEscrowErrors.WrongValue.selector, 1, 0));
        vm.assertEq(token.balanceOf(buyer), PRICE, "the buyer keeps the money");
    }

    function test_EscrowRefusesItselfAndItsPartsAsToken() public {
        address[3] memory parts = [address(escrow), address(reputation), PERMIT2];
        for (uint256 i = 0; i < 3; ++i) _refused(parts[i], 0, _notAToken(parts[i]));
    }

    function test_FaultyEscrowTakesThemAll() public {
        LowLevelEscrow faulty = new LowLevelEscrow();
        IdlePermitToken token = new IdlePermitToken();
        _give(address(token), buyer, PRICE, address(faulty));
        address[3] memory tokens = [address(0xC0DE1E55), address(new YesToken()), address(token)];
        for (uint256 i = 0; i < 3; ++i) {
            bytes memory call = abi.encodeCall(LowLevelEscrow.deposit, (tokens[i], PRICE));
            (bool taken,) = _attack(address(faulty), call, i == 2 ? 1 : 0);
            vm.assertTrue(taken, "taken");
        }
        vm.assertEq(faulty.held(buyer), 3 * PRICE, "three deposits are owed");
        vm.assertEq(address(faulty).balance, 1, "and a coin is caught");
    }

    function _notAToken(address token) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IEscrowErrors.NotAToken.selector, token);
    }

    function _refused(address token, uint256 value, bytes memory reason) private {
        Terms memory terms = _terms(token);
        Offer memory offer = _offerOf(terms);
        bytes memory call = abi.encodeCall(IEscrow.open, (offer, 0, _signOffer(offer)));
        (bool taken, bytes memory answer) = _attack(address(escrow), call, value);
        vm.assertTrue(!taken, "refused");
        vm.assertEq(answer, reason, "for this reason");
        _assertState(terms, DealState.None);
        vm.assertEq(address(escrow).balance, 0, "no coin stays");
    }

    function _attack(address target, bytes memory call, uint256 value) private returns (bool, bytes memory) {
        return _tryWith(value, buyer, target, call);
    }
}
